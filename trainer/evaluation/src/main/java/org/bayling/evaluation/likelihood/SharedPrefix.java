package org.bayling.evaluation.likelihood;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What requests that follow each other have in common at their beginnings. */
final class SharedPrefix {
    /** Shorter ones are computed again: whole rows are faster. */
    static final int LEAST = 128;

    private SharedPrefix() {}

    /** Tokens of a request that need not be computed again after another one; 0 when they are few. */
    static int of(LikelihoodRequest before, LikelihoodRequest next) {
        int difference = Arrays.mismatch(before.input(), next.input());
        int common = difference < 0 ? next.input().length : difference;
        return common < LEAST ? 0 : common;
    }

    /** Tokens of requests that are computed after another one. */
    static int newTokens(Optional<LikelihoodRequest> before, List<LikelihoodRequest> requests) {
        int tokens = 0;
        Optional<LikelihoodRequest> previous = before;
        for (LikelihoodRequest request : requests) {
            boolean same = previous.isPresent() && Arrays.equals(previous.get().input(), request.input());
            int shared = previous.isPresent() ? of(previous.get(), request) : 0;
            tokens += same ? 0 : request.input().length - shared;
            previous = Optional.of(request);
        }
        return tokens;
    }
}

package org.bayling.evaluation.likelihood;

import java.util.Arrays;

/**
 * A log-likelihood to be computed: of the targets, each after all of the input that precedes it.
 *
 * @param input ids that the model reads, at least one
 * @param targets ids that count, at most as many; the last follows the whole input
 */
public record LikelihoodRequest(int[] input, int[] targets) {

    /**
     * Joins context and continuation, cut at the left to what the model can read.
     *
     * @param maxLength of the input
     */
    static LikelihoodRequest of(int[] context, int[] continuation, int maxLength) {
        int[] whole = Arrays.copyOf(context, context.length + continuation.length);
        System.arraycopy(continuation, 0, whole, context.length, continuation.length);
        int from = Math.max(0, whole.length - (maxLength + 1));
        int[] input = Arrays.copyOfRange(whole, from, whole.length - 1);
        int first = Math.max(0, continuation.length - input.length);
        return new LikelihoodRequest(input, Arrays.copyOfRange(continuation, first, continuation.length));
    }
}

package org.bayling.evaluation.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a document that is longer than a model can read into windows whose targets together are the whole document, each
 * token once: {@code get_rolling_token_windows} with a context of one token and {@code make_disjoint_window} of
 * lm-evaluation-harness.
 */
final class RollingWindows {
    private RollingWindows() {}

    /**
     * The windows in order.
     *
     * @param tokens of the document
     * @param prefix that the first token is predicted from
     * @param maxLength tokens that the model can read, at least 1
     */
    static List<LikelihoodRequest> of(int[] tokens, int prefix, int maxLength) {
        List<LikelihoodRequest> windows = new ArrayList<>();
        int first = Math.min(maxLength, tokens.length);
        if (first == 0) {
            return windows;
        }
        int[] input = new int[first];
        input[0] = prefix;
        System.arraycopy(tokens, 0, input, 1, first - 1);
        windows.add(new LikelihoodRequest(input, Arrays.copyOf(tokens, first)));
        for (int from = first; from < tokens.length; from += maxLength) {
            int end = Math.min(from + maxLength, tokens.length);
            // The last one reads as far back as fits, the others just one token more than they predict.
            windows.add(new LikelihoodRequest(
                    Arrays.copyOfRange(tokens, end - maxLength - 1, end - 1),
                    Arrays.copyOfRange(tokens, from, end)));
        }
        return windows;
    }
}

package org.bayling.generate;

import java.util.List;

/**
 * A prompt to answer, independent of others.
 *
 * @param prompt ids, at least one
 * @param forceWordsIds token sequences that must all occur in the answer, transformers' {@code force_words_ids}; usually
 *     none. They need {@code num_beams} above 1
 */
public record GenerationRequest(int[] prompt, List<int[]> forceWordsIds) {
    public GenerationRequest {
        forceWordsIds = List.copyOf(forceWordsIds);
    }

    /** A prompt whose answer may be anything. */
    public static GenerationRequest of(int... prompt) {
        return new GenerationRequest(prompt, List.of());
    }
}

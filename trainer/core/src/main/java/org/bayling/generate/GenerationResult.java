package org.bayling.generate;

/**
 * An answer.
 *
 * @param ids the tokens that were chosen, the stop token included
 * @param text their text without control tokens, up to the stop string if there was one; empty without a tokenizer
 * @param stopReason why it ended
 * @param promptTokens length of the prompt
 * @param reusedTokens tokens of the prompt that were in the cache already
 * @param prefillSeconds time until the first token could be chosen
 * @param decodeSeconds time after that
 */
public record GenerationResult(
        int[] ids,
        String text,
        StopReason stopReason,
        int promptTokens,
        int reusedTokens,
        double prefillSeconds,
        double decodeSeconds) {

    /** Speed after the prompt; 0 for answers of a single token. */
    public double tokensPerSecond() {
        return ids.length > 1 && decodeSeconds > 0 ? (ids.length - 1) / decodeSeconds : 0;
    }
}

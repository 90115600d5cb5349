package org.bayling.tokenizer.chat;

import java.util.List;

/**
 * A conversation as token ids.
 *
 * @param ids     token ids
 * @param trained for each id whether it is trained
 * @param turns   the trained turns in order
 */
public record RenderedChat(int[] ids, boolean[] trained, List<Turn> turns) {
    /**
     * Where a trained turn stands.
     *
     * @param message index of the message
     * @param start   index of its first token
     * @param end     index behind its last token, stop token included
     * @param stop    index of its stop token, -1 where the template writes none: a model trained on such turns does
     *                not learn to stop
     */
    public record Turn(int message, int start, int end, int stop) {}

    /** How many tokens are trained. */
    public int trainedTokens() {
        int count = 0;
        for (boolean t : trained) {
            count += t ? 1 : 0;
        }
        return count;
    }
}

package org.bayling.tokenizer.training;

import java.util.List;

/**
 * A tokenizer with more pieces than it had.
 *
 * @param json bytes of its tokenizer.json; not copied
 * @param firstId of the new pieces, which follow one another
 * @param pieces the new ones, in the order of their ids
 * @param tokensBefore of the text that they were learnt from, in the old vocabulary
 * @param tokensAfter of the same text, in the new one
 */
public record ExtendedTokenizer(
        byte[] json, int firstId, List<NewPiece> pieces, long tokensBefore, long tokensAfter) {

    public ExtendedTokenizer {
        pieces = List.copyOf(pieces);
    }

    /**
     * One new piece.
     *
     * @param text as the vocabulary spells it
     * @param oldPieces ids of the old vocabulary that stood for it; not copied
     */
    public record NewPiece(String text, int[] oldPieces) {}
}

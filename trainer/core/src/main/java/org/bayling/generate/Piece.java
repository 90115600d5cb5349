package org.bayling.generate;

/**
 * Tokens of one sequence that go through the layers together.
 *
 * @param slot of the sequence
 * @param past tokens in front of them
 * @param ids the tokens
 * @param sequenceLength how long the sequence is when all that is given at a time has been taken: by dynamic scaling it
 *     decides the frequencies
 */
record Piece(int slot, int past, int[] ids, int sequenceLength) {
    int end() {
        return past + ids.length;
    }

    /** Whether these are the last tokens that are given at a time. */
    boolean last() {
        return end() == sequenceLength;
    }
}

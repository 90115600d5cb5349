package org.bayling.evaluation.sentencepiece;

/** Cuts normalized text into pieces. Safe for use by several threads. */
sealed interface PieceCutter permits UnigramCutter, BytePairCutter {

    /** The ends of the pieces, in bytes, in order; the last is the text's own. */
    int[] cut(byte[] text);
}

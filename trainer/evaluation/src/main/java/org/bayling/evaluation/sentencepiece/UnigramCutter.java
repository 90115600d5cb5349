package org.bayling.evaluation.sentencepiece;

import java.util.Arrays;
import org.bayling.evaluation.translation.NgramTrie;

/** The most probable way to cut a text (Kudo 2018), found by Viterbi's algorithm with the original's precisions. */
record UnigramCutter(PieceTable pieces) implements PieceCutter {
    private static final float UNKNOWN_PENALTY = 10;

    @Override
    public int[] cut(byte[] text) {
        float unknownScore = pieces.lowest() - UNKNOWN_PENALTY;
        float[] best = new float[text.length + 1];
        int[] from = new int[text.length + 1];
        Arrays.fill(from, -1);
        for (int start = 0; start < text.length; ) {
            int length = Math.min(PieceTable.characterLength(text[start]), text.length - start);
            boolean single = false;
            int node = NgramTrie.ROOT;
            for (int end = start + 1; end <= text.length; end++) {
                node = pieces.step(node, text[end - 1]);
                if (node == NgramTrie.NONE) {
                    break;
                }
                int piece = pieces.pieceAt(node);
                if (piece != PieceTable.NONE && !pieces.isUnused(piece)) {
                    // A user defined piece is worth more than whatever could be put together instead.
                    double score =
                            pieces.isUserDefined(piece) ? (end - start) * pieces.highest() - 0.1 : pieces.score(piece);
                    offer(score + best[start], start, end, best, from);
                    single |= end - start == length;
                }
            }
            if (!single) {
                offer(unknownScore + best[start], start, start + length, best, from);
            }
            start += length;
        }
        return ends(from, text.length);
    }

    private static void offer(double score, int start, int end, float[] best, int[] from) {
        if (from[end] == -1 || score > best[end]) {
            best[end] = (float) score;
            from[end] = start;
        }
    }

    private static int[] ends(int[] from, int length) {
        int count = 0;
        for (int end = length; end > 0; end = from[end]) {
            count++;
        }
        int[] ends = new int[count];
        for (int end = length; end > 0; end = from[end]) {
            ends[--count] = end;
        }
        return ends;
    }
}

package org.bayling.evaluation.sentencepiece;

import java.util.Arrays;
import java.util.List;
import org.bayling.evaluation.translation.NgramTrie;

/** The pieces of a model and where they begin in a text. Immutable once made; safe for use by several threads. */
final class PieceTable {
    static final int NORMAL = 1;
    static final int UNKNOWN = 2;
    static final int USER_DEFINED = 4;
    static final int UNUSED = 5;
    static final int BYTE = 6;
    /** No piece. */
    static final int NONE = -1;

    /**
     * A piece.
     *
     * @param text in UTF-8
     */
    record Piece(byte[] text, float score, int type) {

        /** Whether text is cut into such pieces. */
        boolean ordinary() {
            return type == NORMAL || type == USER_DEFINED || type == UNUSED;
        }
    }

    private final List<Piece> pieces;
    private final NgramTrie trie = new NgramTrie();
    private int[] pieceAt = new int[1 << 10];
    private final float lowest;
    private final float highest;

    PieceTable(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
        Arrays.fill(pieceAt, NONE);
        float low = Float.MAX_VALUE;
        float high = -Float.MAX_VALUE;
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            if (piece.ordinary()) {
                put(piece.text(), id);
            }
            if (piece.type() == NORMAL) {
                low = Math.min(low, piece.score());
                high = Math.max(high, piece.score());
            }
        }
        lowest = low;
        highest = high;
    }

    private void put(byte[] text, int id) {
        int node = NgramTrie.ROOT;
        for (byte letter : text) {
            node = trie.add(node, letter & 0xFF);
            if (node >= pieceAt.length) {
                int old = pieceAt.length;
                pieceAt = Arrays.copyOf(pieceAt, 2 * old);
                Arrays.fill(pieceAt, old, 2 * old, NONE);
            }
        }
        pieceAt[node] = id;
    }

    /** A step on from {@link NgramTrie#ROOT}; {@link NgramTrie#NONE} where no piece goes on so. */
    int step(int node, byte letter) {
        return trie.child(node, letter & 0xFF);
    }

    /** The piece that ends at a node, or {@link #NONE}. */
    int pieceAt(int node) {
        return pieceAt[node];
    }

    /** The piece that {@code text[start, end)} is, or {@link #NONE}. */
    int find(byte[] text, int start, int end) {
        int node = NgramTrie.ROOT;
        for (int i = start; i < end && node != NgramTrie.NONE; i++) {
            node = step(node, text[i]);
        }
        return node == NgramTrie.NONE ? NONE : pieceAt[node];
    }

    /** Bytes of the longest user defined piece that the text has at {@code start}; 0 where there is none. */
    int userDefinedAt(byte[] text, int start) {
        int longest = 0;
        int node = NgramTrie.ROOT;
        for (int i = start; i < text.length; i++) {
            node = step(node, text[i]);
            if (node == NgramTrie.NONE) {
                break;
            }
            if (pieceAt[node] != NONE && isUserDefined(pieceAt[node])) {
                longest = i + 1 - start;
            }
        }
        return longest;
    }

    boolean isUserDefined(int piece) {
        return pieces.get(piece).type() == USER_DEFINED;
    }

    boolean isUnused(int piece) {
        return pieces.get(piece).type() == UNUSED;
    }

    float score(int piece) {
        return pieces.get(piece).score();
    }

    /** The lowest score of a normal piece. */
    float lowest() {
        return lowest;
    }

    /** The highest score of a normal piece. */
    float highest() {
        return highest;
    }

    /** Bytes of the character that begins with this one. */
    static int characterLength(byte first) {
        int high = (first & 0xFF) >> 4;
        return high < 12 ? 1 : high < 14 ? 2 : high == 14 ? 3 : 4;
    }
}

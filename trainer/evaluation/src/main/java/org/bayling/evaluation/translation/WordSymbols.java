package org.bayling.evaluation.translation;

/** Words as numbers, the same word the same number, without making strings of them. For one thread. */
final class WordSymbols {
    private final NgramTrie letters = new NgramTrie();

    /** Forgets all words. */
    void clear() {
        letters.clear();
    }

    /** The number of the word {@code points[start, end)}. */
    int add(int[] points, int start, int end) {
        int node = NgramTrie.ROOT;
        for (int i = start; i < end; i++) {
            node = letters.add(node, points[i]);
        }
        return node;
    }

    /** The same, or {@link NgramTrie#NONE} for a word that was not added; it may be found for a part of one. */
    int find(int[] points, int start, int end) {
        int node = NgramTrie.ROOT;
        for (int i = start; i < end && node != NgramTrie.NONE; i++) {
            node = letters.child(node, points[i]);
        }
        return node;
    }
}

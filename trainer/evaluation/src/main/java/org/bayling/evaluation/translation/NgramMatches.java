package org.bayling.evaluation.translation;

import java.util.Arrays;

/**
 * How many n-grams of a hypothesis, order by order, are in its reference: each as often as the reference has it. Reused
 * from line to line; for one thread.
 */
final class NgramMatches {
    private final int maxOrder;
    private final NgramTrie ngrams = new NgramTrie();
    private int[] available = new int[1 << 10];
    private int[] counting = new int[1 << 10];

    NgramMatches(int maxOrder) {
        this.maxOrder = maxOrder;
    }

    /** Forgets the references. */
    void clear() {
        Arrays.fill(available, 0, Math.min(available.length, ngrams.nodes()), 0);
        ngrams.clear();
    }

    /** Adds a reference: with several, an n-gram is there as often as in the one that has it most often. */
    void addReference(int[] symbols, int length) {
        int most = ngrams.nodes() + maxOrder * length;
        if (available.length < most) {
            available = Arrays.copyOf(available, 2 * most);
            counting = Arrays.copyOf(counting, 2 * most);
        }
        if (ngrams.nodes() == 1) {
            addTo(available, symbols, length);
            return;
        }
        addTo(counting, symbols, length);
        for (int node = 1; node < ngrams.nodes(); node++) {
            available[node] = Math.max(available[node], counting[node]);
            counting[node] = 0;
        }
    }

    private void addTo(int[] counts, int[] symbols, int length) {
        for (int start = 0; start < length; start++) {
            int node = NgramTrie.ROOT;
            int end = Math.min(length, start + maxOrder);
            for (int i = start; i < end; i++) {
                node = ngrams.add(node, symbols[i]);
                counts[node]++;
            }
        }
    }

    /**
     * Counts a hypothesis; once only, since the n-grams it matches are used up.
     *
     * @param into the matches of order n are added at {@code offset + (n - 1) * stride}
     */
    void count(int[] symbols, int length, double[] into, int offset, int stride) {
        for (int start = 0; start < length; start++) {
            int node = NgramTrie.ROOT;
            for (int i = start; i < Math.min(length, start + maxOrder); i++) {
                node = symbols[i] == NgramTrie.NONE ? NgramTrie.NONE : ngrams.child(node, symbols[i]);
                if (node == NgramTrie.NONE) {
                    break;
                }
                if (available[node] > 0) {
                    available[node]--;
                    into[offset + (i - start) * stride]++;
                }
            }
        }
    }
}

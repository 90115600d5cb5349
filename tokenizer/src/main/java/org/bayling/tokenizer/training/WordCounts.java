package org.bayling.tokenizer.training;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each word occurs, in bounded memory: when the words take more than the budget, the rarest are forgotten
 * until half of it is free. What is forgotten depends on the order of the words alone, so the same text gives the same
 * counts everywhere.
 *
 * @param <W> a word; compared with {@code equals}
 */
final class WordCounts<W> {
    /** Bytes of an entry of a hash map, with its key and its number, before the word's letters. */
    private static final long ENTRY = 130;

    private final long budget;
    private final Map<W, Long> counts = new HashMap<>();
    private final Map<W, Integer> costs = new HashMap<>();
    private long bytes;
    private long forgotten;

    /** @param budget bytes that the words may take, estimated */
    WordCounts(long budget) {
        this.budget = budget;
    }

    /**
     * Counts a word once more.
     *
     * @param cost bytes that its letters take, here and in the search for merges
     */
    void add(W word, int cost) {
        if (counts.merge(word, 1L, Long::sum) == 1) {
            costs.put(word, cost);
            bytes += ENTRY + cost;
            if (bytes > budget) {
                forgetRarest();
            }
        }
    }

    private void forgetRarest() {
        for (long rarest = 1; bytes > budget / 2 && !counts.isEmpty(); rarest = 2 * rarest) {
            long limit = rarest;
            counts.entrySet().removeIf(entry -> {
                boolean rare = entry.getValue() <= limit;
                if (rare) {
                    bytes -= ENTRY + costs.remove(entry.getKey());
                    forgotten += entry.getValue();
                }
                return rare;
            });
        }
    }

    /** The words and their counts, in no particular order. */
    Map<W, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** Occurrences that were counted and then forgotten. */
    long forgotten() {
        return forgotten;
    }
}

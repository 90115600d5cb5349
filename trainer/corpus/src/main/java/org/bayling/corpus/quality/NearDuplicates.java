package org.bayling.corpus.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bayling.corpus.source.SourceItem;

/**
 * Items that are nearly the same as an earlier one: Jaccard similarity of their character shingles (case, punctuation
 * and width taken off) at or above a limit, estimated from MinHash signatures and found by locality-sensitive hashing.
 * The first stays. Names, numbers and dates pass: they differ in few characters by nature.
 *
 * <p>At similarity 0.9 a pair shares a band with probability 0.9988, and its estimate (standard error 0.03) is below
 * the usual limit of 0.8 in one case of a thousand.
 *
 * <p>Asked in source order, by one thread at a time; {@link #sketch} is free of state and can be computed by any, so
 * what stays does not depend on the number of threads. Memory: 96 bytes an item that stays, and 69 to 137 bytes in the
 * tables: at most 233 bytes. Once {@code capacity} items are held, later ones are compared with those only.
 */
public final class NearDuplicates implements EarlierItemsFilter {
    public static final String NAME = "near-duplicate";

    /** So many items of one band are compared; the band of a widespread phrase does not make things slow. */
    private static final int MOST_PER_BAND = 32;

    private static final double FULL = 0.7;
    private static final int CHUNK = 1 << 12;

    private final double limit;
    private final int capacity;
    private final MinHash minHash;
    private final List<long[]> signatures = new ArrayList<>();
    private final int[][] tables = new int[MinHash.BANDS][1 << 10];
    private int size;

    /**
     * @param limit similarity from which on an item is a duplicate
     * @param shingleCharacters code points of a shingle
     * @param capacity most items that are held
     */
    public NearDuplicates(double limit, int shingleCharacters, int capacity) {
        this.limit = limit;
        this.capacity = capacity;
        this.minHash = new MinHash(shingleCharacters);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** 96 bytes; empty for what is no running text. */
    @Override
    public long[] sketch(SourceItem item) {
        if (!Side.isRunningText(item)) {
            return new long[0];
        }
        return minHash.signature(Side.parts(item).stream()
                .map(part -> FoldedText.of(part).plain())
                .toList());
    }

    @Override
    public Verdict offer(long[] sketch) {
        if (sketch.length == 0) {
            return Verdict.KEEP;
        }
        double nearest = 0;
        for (int band = 0; band < MinHash.BANDS && nearest < limit; band++) {
            nearest = Math.max(nearest, nearest(band, sketch));
        }
        if (nearest >= limit) {
            return new Verdict.Drop(NAME, String.format(Locale.ROOT, "similarity %.2f to an earlier item", nearest));
        }
        if (size < capacity) {
            hold(sketch);
        }
        return Verdict.KEEP;
    }

    /** Items that are held. */
    public int size() {
        return size;
    }

    private double nearest(int band, long[] sketch) {
        int[] table = tables[band];
        int mask = table.length - 1;
        double nearest = 0;
        int compared = 0;
        int slot = slot(sketch[band], mask);
        while (table[slot] != 0 && compared < MOST_PER_BAND) {
            int item = table[slot] - 1;
            long[] chunk = signatures.get(item / CHUNK);
            int start = item % CHUNK * MinHash.BANDS;
            if (chunk[start + band] == sketch[band]) {
                nearest = Math.max(nearest, MinHash.similarity(sketch, 0, chunk, start));
                compared++;
            }
            slot = (slot + 1) & mask;
        }
        return nearest;
    }

    private void hold(long[] sketch) {
        if (size % CHUNK == 0) {
            signatures.add(new long[CHUNK * MinHash.BANDS]);
        }
        System.arraycopy(sketch, 0, signatures.get(size / CHUNK), size % CHUNK * MinHash.BANDS, MinHash.BANDS);
        size++;
        if (size > FULL * tables[0].length) {
            for (int band = 0; band < MinHash.BANDS; band++) {
                tables[band] = larger(band);
            }
        }
        for (int band = 0; band < MinHash.BANDS; band++) {
            insert(tables[band], band, size - 1);
        }
    }

    private int[] larger(int band) {
        int[] larger = new int[2 * tables[band].length];
        for (int item = 0; item < size - 1; item++) {
            insert(larger, band, item);
        }
        return larger;
    }

    /** Puts an item behind those with the same band; left out where there are enough of them. */
    private void insert(int[] table, int band, int item) {
        long key = band(item, band);
        int mask = table.length - 1;
        int same = 0;
        int slot = slot(key, mask);
        while (table[slot] != 0) {
            same += band(table[slot] - 1, band) == key ? 1 : 0;
            if (same == MOST_PER_BAND) {
                return;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = item + 1;
    }

    private long band(int item, int band) {
        return signatures.get(item / CHUNK)[item % CHUNK * MinHash.BANDS + band];
    }

    private static int slot(long key, int mask) {
        return (int) Hashing.mix(key) & mask;
    }
}

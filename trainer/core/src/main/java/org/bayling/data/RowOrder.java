package org.bayling.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bayling.numeric.Rng;

/**
 * Rows of every epoch in their order. Unpacked, a row is one sample. Packed, each window of {@link #WINDOW} consecutive
 * samples is packed by itself, so that a row is found from a prefix sum over windows and one packing of one window.
 * Safe for several threads.
 */
final class RowOrder {
    /** Samples that are packed together. More fill rows a little better and make a seek dearer. */
    static final int WINDOW = 1024;

    private static final int EPOCHS_KEPT = 2;

    private final SampleOrder order;
    private final SampleSet samples;
    private final boolean packing;
    private final Packer packer;
    private final long seed;
    private final Map<Long, long[]> rowsBefore = new LinkedHashMap<>();
    private long windowEpoch = -1;
    private long windowNumber = -1;
    private long[][] windowRows;

    /** @param capacity tokens of a row; only for packing */
    RowOrder(SampleOrder order, SampleSet samples, boolean packing, int capacity, long seed) {
        this.order = order;
        this.samples = samples;
        this.packing = packing;
        this.packer = new Packer(capacity);
        this.seed = seed;
    }

    /** True when all epochs have the same number of rows. */
    boolean equalEpochs() {
        return !packing;
    }

    /** Rows of an epoch. Packed, the first question about an epoch reads the lengths of its samples. */
    synchronized long size(long epoch) {
        if (!packing) {
            return order.size();
        }
        long[] before = rowsBefore(epoch);
        return before[before.length - 1];
    }

    /** Numbers of the samples of a row. */
    synchronized long[] row(long epoch, long row) {
        if (!packing) {
            return new long[] {order.at(epoch, row)};
        }
        long[] before = rowsBefore(epoch);
        int window = window(before, row);
        if (epoch != windowEpoch || window != windowNumber) {
            windowRows = pack(epoch, window);
            windowEpoch = epoch;
            windowNumber = window;
        }
        return windowRows[(int) (row - before[window])];
    }

    private long[] rowsBefore(long epoch) {
        long[] known = rowsBefore.get(epoch);
        if (known != null) {
            return known;
        }
        int windows = Math.toIntExact((order.size() + WINDOW - 1) / WINDOW);
        long[] before = new long[windows + 1];
        for (int window = 0; window < windows; window++) {
            before[window + 1] = before[window] + packer.pack(lengths(numbers(epoch, window))).length;
        }
        if (rowsBefore.size() == EPOCHS_KEPT) {
            rowsBefore.remove(rowsBefore.keySet().iterator().next());
        }
        rowsBefore.put(epoch, before);
        return before;
    }

    private long[][] pack(long epoch, int window) {
        long[] numbers = numbers(epoch, window);
        int[][] packed = packer.pack(lengths(numbers));
        // Packing makes the rows with the longest samples first; they are shuffled so that length does not follow time.
        DataOrder shuffle = new DataOrder(Rng.mix(seed, epoch, window), packed.length);
        long[][] rows = new long[packed.length][];
        for (int i = 0; i < rows.length; i++) {
            int[] members = packed[(int) shuffle.at(0, i)];
            rows[i] = new long[members.length];
            for (int k = 0; k < members.length; k++) {
                rows[i][k] = numbers[members[k]];
            }
        }
        return rows;
    }

    private long[] numbers(long epoch, int window) {
        long first = (long) window * WINDOW;
        long[] numbers = new long[(int) Math.min(WINDOW, order.size() - first)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = order.at(epoch, first + i);
        }
        return numbers;
    }

    private int[] lengths(long[] numbers) {
        int[] lengths = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            lengths[i] = samples.length(numbers[i]);
        }
        return lengths;
    }

    /** The last window that begins at or before a row; every window has at least one row. */
    private static int window(long[] before, long row) {
        if (row < 0 || row >= before[before.length - 1]) {
            throw new IndexOutOfBoundsException("row " + row + " of " + before[before.length - 1]);
        }
        int found = Arrays.binarySearch(before, row);
        return found >= 0 ? found : -found - 2;
    }
}

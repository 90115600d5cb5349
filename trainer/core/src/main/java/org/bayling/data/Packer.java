package org.bayling.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.TreeMap;

/**
 * Packs samples into rows of at most {@code capacity} tokens, splitting none: best fit decreasing, which fills a row
 * with the longest sample that still fits. Equal input gives equal rows.
 */
final class Packer {
    private final int capacity;

    /** @param capacity tokens of a row; no sample is longer */
    Packer(int capacity) {
        this.capacity = capacity;
    }

    /**
     * @param lengths tokens of each sample
     * @return rows of indexes into {@code lengths}, ascending in each row
     */
    int[][] pack(int[] lengths) {
        int[] order = longestFirst(lengths);
        TreeMap<Integer, Deque<Integer>> openByRoom = new TreeMap<>();
        int[] rowOf = new int[lengths.length];
        int rows = 0;
        for (int sample : order) {
            if (lengths[sample] > capacity) {
                throw new IllegalArgumentException(lengths[sample] + " tokens do not fit a row of " + capacity);
            }
            var tightest = openByRoom.ceilingEntry(lengths[sample]);
            int row;
            int room;
            if (tightest == null) {
                row = rows++;
                room = capacity;
            } else {
                row = tightest.getValue().removeFirst();
                room = tightest.getKey();
                if (tightest.getValue().isEmpty()) {
                    openByRoom.remove(room);
                }
            }
            rowOf[sample] = row;
            openByRoom.computeIfAbsent(room - lengths[sample], r -> new ArrayDeque<>()).addLast(row);
        }
        return members(rowOf, rows);
    }

    private static int[] longestFirst(int[] lengths) {
        // Length in the upper half, complemented index in the lower: descending sort keeps equal lengths in order.
        long[] keys = new long[lengths.length];
        Arrays.setAll(keys, i -> (long) lengths[i] << 32 | (Integer.MAX_VALUE - i));
        Arrays.sort(keys);
        int[] order = new int[lengths.length];
        Arrays.setAll(order, i -> Integer.MAX_VALUE - (int) keys[keys.length - 1 - i]);
        return order;
    }

    private static int[][] members(int[] rowOf, int rows) {
        int[] sizes = new int[rows];
        for (int row : rowOf) {
            sizes[row]++;
        }
        int[][] members = new int[rows][];
        Arrays.setAll(members, row -> new int[sizes[row]]);
        int[] filled = new int[rows];
        for (int sample = 0; sample < rowOf.length; sample++) {
            members[rowOf[sample]][filled[rowOf[sample]]++] = sample;
        }
        return members;
    }
}

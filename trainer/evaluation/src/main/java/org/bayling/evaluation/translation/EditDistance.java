package org.bayling.evaluation.translation;

import java.util.Arrays;

/**
 * Edit distance of hypotheses of one length to one reference, along a band around the diagonal, as sacreBLEU's TER
 * computes it. The matrix of one hypothesis is kept: those that differ from it only from some word on are then cheap.
 * For one thread.
 */
final class EditDistance {
    /** What a cell of the matrix was reached by. */
    static final byte NOTHING = 0;
    /** A word for another one. */
    static final byte SUBSTITUTION = 1;
    /** A word of the hypothesis too many. */
    static final byte DELETION = 2;
    /** A word of the reference missing. */
    static final byte INSERTION = 3;

    private static final int BEAM = 25;
    private static final int INFINITE = 1 << 29;
    private static final long MOST_CELLS = 1 << 27;

    private int[] reference = {};
    private int rows;
    private int columns;
    private double ratio;
    private int beam;
    private int[] cost = new int[1 << 12];
    private byte[] step = new byte[1 << 12];
    private int[] previous = new int[256];
    private int[] current = new int[256];

    /**
     * Begins with a reference and hypotheses of {@code length} words.
     *
     * @throws SegmentTooLongException when both are so long that the matrix would take more than 640 MiB
     */
    void begin(int[] newReference, int length) {
        reference = newReference;
        rows = length + 1;
        columns = reference.length + 1;
        ratio = length == 0 ? 1 : (double) reference.length / length;
        beam = BEAM < ratio / 2 ? (int) Math.ceil(ratio / 2 + BEAM) : BEAM;
        if ((long) rows * columns > MOST_CELLS) {
            throw new SegmentTooLongException(length, reference.length);
        }
        int cells = rows * columns;
        if (cost.length < cells) {
            cost = new int[cells];
            step = new byte[cells];
        }
        if (previous.length < columns) {
            previous = new int[columns];
            current = new int[columns];
        }
        for (int j = 0; j < columns; j++) {
            cost[j] = j;
            step[j] = INSERTION;
        }
    }

    /** The distance of a hypothesis, whose matrix is kept. */
    int keep(int[] words) {
        Arrays.fill(cost, columns, rows * columns, INFINITE);
        for (int i = 1; i < rows; i++) {
            int row = i * columns;
            int above = row - columns;
            int word = words[i - 1];
            int end = end(i);
            for (int j = start(i); j < end; j++) {
                if (j == 0) {
                    cost[row] = cost[above] + 1;
                    step[row] = DELETION;
                    continue;
                }
                boolean same = word == reference[j - 1];
                int best = INFINITE;
                byte by = NOTHING;
                int diagonal = cost[above + j - 1] + (same ? 0 : 1);
                if (diagonal < best) {
                    best = diagonal;
                    by = same ? NOTHING : SUBSTITUTION;
                }
                if (cost[above + j] + 1 < best) {
                    best = cost[above + j] + 1;
                    by = DELETION;
                }
                if (cost[row + j - 1] + 1 < best) {
                    best = cost[row + j - 1] + 1;
                    by = INSERTION;
                }
                cost[row + j] = best;
                step[row + j] = by;
            }
        }
        return cost[rows * columns - 1];
    }

    /** The distance of a hypothesis that has its first {@code same} words in common with the kept one. */
    int distance(int[] words, int same) {
        System.arraycopy(cost, same * columns, previous, 0, columns);
        for (int i = same + 1; i < rows; i++) {
            int start = start(i);
            int end = end(i);
            int word = words[i - 1];
            Arrays.fill(current, 0, columns, INFINITE);
            int left = INFINITE;
            for (int j = start; j < end; j++) {
                int best = previous[j] + 1;
                if (j > 0) {
                    best = Math.min(best, previous[j - 1] + (word == reference[j - 1] ? 0 : 1));
                    best = Math.min(best, left + 1);
                }
                left = Math.min(best, INFINITE);
                current[j] = left;
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[columns - 1];
    }

    /**
     * The steps of the kept matrix, from the beginning.
     *
     * @throws IllegalStateException when the band has no way from corner to corner
     */
    byte[] steps() {
        byte[] backwards = new byte[rows + columns];
        int count = 0;
        int i = rows - 1;
        int j = columns - 1;
        while (i > 0 || j > 0) {
            if (cost[i * columns + j] >= INFINITE) {
                throw new IllegalStateException("no way through the band at row " + i + ", column " + j);
            }
            byte by = step[i * columns + j];
            backwards[count++] = by;
            i -= by == INSERTION ? 0 : 1;
            j -= by == DELETION ? 0 : 1;
        }
        byte[] steps = new byte[count];
        for (int k = 0; k < count; k++) {
            steps[k] = backwards[count - 1 - k];
        }
        return steps;
    }

    private int start(int row) {
        return Math.max(0, (int) Math.floor(row * ratio) - beam);
    }

    private int end(int row) {
        return row == rows - 1 ? columns : Math.min(columns, (int) Math.floor(row * ratio) + beam);
    }
}

package org.bayling.evaluation.translation;

import java.util.Arrays;
import java.util.List;

/**
 * A metric's statistics of a system's segments: their sums, and where they are kept a row for each. Grows; filled by one
 * thread, then read by any.
 */
public final class SegmentTable {
    private final int width;
    private final boolean keep;
    private final double[] sums;
    private double[] values = {};
    private int rows;

    /**
     * @param width how many statistics a segment has
     * @param keep whether rows are kept, 8 bytes a number, and not only summed up
     */
    public SegmentTable(int width, boolean keep) {
        this.width = width;
        this.keep = keep;
        this.sums = new double[width];
    }

    /**
     * The statistics of a text.
     *
     * @param references for each hypothesis, one or more
     */
    public static SegmentTable of(TranslationMetric metric, List<String> hypotheses, List<List<String>> references) {
        SegmentTable table = new SegmentTable(metric.statistics(), true);
        SegmentCounter counter = metric.counter();
        double[] row = new double[table.width];
        for (int i = 0; i < hypotheses.size(); i++) {
            counter.count(hypotheses.get(i), references.get(i), row, 0);
            table.add(row, 1);
        }
        return table;
    }

    /** Adds rows that lie in {@code from} one after the other. */
    public void add(double[] from, int count) {
        for (int row = 0; row < count; row++) {
            for (int k = 0; k < width; k++) {
                sums[k] += from[row * width + k];
            }
        }
        if (keep) {
            int needed = Math.multiplyExact(Math.addExact(rows, count), width);
            if (values.length < needed) {
                long doubled = Math.min(Integer.MAX_VALUE - 8, values.length * 2L);
                values = Arrays.copyOf(values, (int) Math.max(needed, doubled));
            }
            System.arraycopy(from, 0, values, rows * width, count * width);
        }
        rows += count;
    }

    /** Segments. */
    public int rows() {
        return rows;
    }

    /** The sums over all segments, taken in order. */
    public double[] sums() {
        return sums.clone();
    }

    /** The statistics of one segment. */
    public double[] row(int segment) {
        return Arrays.copyOfRange(values, segment * width, segment * width + width);
    }

    /** All rows in single precision, one after the other. */
    public float[] floats() {
        float[] floats = new float[rows * width];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** This system's statistics without another one's, row by row. */
    public double[] minus(SegmentTable other) {
        double[] differences = new double[rows * width];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = values[i] - other.values[i];
        }
        return differences;
    }
}

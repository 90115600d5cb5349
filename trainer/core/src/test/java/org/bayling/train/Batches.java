package org.bayling.train;

import java.util.Arrays;
import java.util.List;
import org.bayling.data.Batch;

/** Micro-batches out of rows of tokens. */
final class Batches {
    private Batches() {}

    /** Rows laid one after another as documents of one micro-batch, all in group 0. */
    static Batch of(List<GradientInspection.InputRow> rows) {
        int total = rows.stream().mapToInt(row -> row.tokens().length).sum();
        int[] tokens = new int[total];
        int[] labels = new int[total];
        int[] starts = new int[rows.size() + 1];
        long[] samples = new long[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            int[] row = rows.get(i).tokens();
            System.arraycopy(row, 0, tokens, starts[i], row.length);
            System.arraycopy(rows.get(i).shifted(), 0, labels, starts[i], row.length);
            starts[i + 1] = starts[i] + row.length;
        }
        Arrays.setAll(samples, i -> i);
        return new Batch(tokens, labels, starts, new int[rows.size()], samples, new long[rows.size()]);
    }
}

package org.bayling.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Steps cut from a {@link RowOrder}: micro-batch m of a step n of an epoch holds the rows from (n x accumulation + m) x
 * batch size on. Safe for several threads.
 */
final class StepStream implements BatchStream {
    private final SampleSet samples;
    private final SampleOrder order;
    private final RowOrder rows;
    private final int batchSize;
    private final int accumulation;
    /** Steps before each epoch, as far as known. */
    private final List<Long> stepsBefore = new ArrayList<>(List.of(0L));

    /**
     * @param batchSize rows of a micro-batch
     * @param accumulation micro-batches of a step
     */
    StepStream(SampleSet samples, SampleOrder order, RowOrder rows, int batchSize, int accumulation) {
        this.samples = samples;
        this.order = order;
        this.rows = rows;
        this.batchSize = batchSize;
        this.accumulation = accumulation;
    }

    @Override
    public List<Group> groups() {
        return samples.groups();
    }

    @Override
    public long samplesPerEpoch() {
        return order.size();
    }

    @Override
    public synchronized long steps(double epochs) {
        long whole = (long) Math.floor(epochs);
        double fraction = epochs - whole;
        long steps = before(whole);
        return fraction == 0 ? steps : steps + (long) Math.ceil(fraction * (before(whole + 1) - steps));
    }

    @Override
    public synchronized double epochs(long steps) {
        int epoch = epoch(steps);
        long first = before(epoch);
        return epoch + (steps - first) / (double) (before(epoch + 1) - first);
    }

    @Override
    public List<Batch> step(long step) throws IOException {
        if (step < 0) {
            throw new IllegalArgumentException("step must be at least 0, got " + step);
        }
        int epoch;
        long firstRow;
        synchronized (this) {
            epoch = epoch(step);
            firstRow = (step - before(epoch)) * rowsPerStep();
        }
        long end = Math.min(firstRow + rowsPerStep(), rows.size(epoch));
        List<Batch> batches = new ArrayList<>(accumulation);
        for (long row = firstRow; row < end; row += batchSize) {
            batches.add(batch(epoch, row, Math.min(row + batchSize, end)));
        }
        return batches;
    }

    @Override
    public void close() {
        // The samples belong to TrainingData.
    }

    private Batch batch(long epoch, long first, long end) throws IOException {
        long[] numbers = new long[0];
        for (long row = first; row < end; row++) {
            long[] members = rows.row(epoch, row);
            numbers = Arrays.copyOf(numbers, numbers.length + members.length);
            System.arraycopy(members, 0, numbers, numbers.length - members.length, members.length);
        }
        return samples.batch(numbers);
    }

    private long rowsPerStep() {
        return (long) batchSize * accumulation;
    }

    /** The epoch that a step lies in. */
    private int epoch(long step) {
        int epoch = 0;
        while (before(epoch + 1L) <= step) {
            epoch++;
        }
        return epoch;
    }

    private long before(long epoch) {
        while (stepsBefore.size() <= epoch) {
            int last = stepsBefore.size() - 1;
            long steps = (rows.size(last) + rowsPerStep() - 1) / rowsPerStep();
            stepsBefore.add(stepsBefore.get(last) + steps);
        }
        return stepsBefore.get(Math.toIntExact(epoch));
    }
}

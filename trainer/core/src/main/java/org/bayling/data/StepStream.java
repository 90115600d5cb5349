package org.bayling.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
    /** Steps before each epoch, as far as known; only where epochs differ. */
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
    public synchronized long stepsPerEpoch() {
        return stepsOf(0);
    }

    @Override
    public synchronized long steps(double epochs) {
        long whole = (long) Math.floor(epochs);
        double fraction = epochs - whole;
        long steps = before(whole);
        return fraction == 0 ? steps : steps + (long) Math.ceil(fraction * (before(whole + 1) - steps) - 1e-9);
    }

    @Override
    public synchronized double epochs(long steps) {
        long epoch = epoch(steps);
        long first = before(epoch);
        return epoch + (steps - first) / (double) (before(epoch + 1) - first);
    }

    @Override
    public List<Batch> step(long step) throws IOException {
        if (step < 0) {
            throw new IllegalArgumentException("step must be at least 0, got " + step);
        }
        long epoch;
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
    private long epoch(long step) {
        if (rows.equalEpochs()) {
            return step / stepsOf(0);
        }
        while (stepsBefore.get(stepsBefore.size() - 1) <= step) {
            before(stepsBefore.size());
        }
        int found = Collections.binarySearch(stepsBefore, step);
        return found >= 0 ? found : -found - 2;
    }

    private long before(long epoch) {
        if (rows.equalEpochs()) {
            return Math.multiplyExact(epoch, stepsOf(0));
        }
        while (stepsBefore.size() <= epoch) {
            int last = stepsBefore.size() - 1;
            stepsBefore.add(stepsBefore.get(last) + stepsOf(last));
        }
        return stepsBefore.get(Math.toIntExact(epoch));
    }

    private long stepsOf(long epoch) {
        return (rows.size(epoch) + rowsPerStep() - 1) / rowsPerStep();
    }
}

package org.bayling.data;

import java.io.IOException;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Samples that are evaluated: each once, always in the same order. Safe for several threads. */
public final class EvaluationData {
    private final SampleSet samples;
    private final long size;
    private final LongUnaryOperator numbers;
    private final int batchSize;

    /** @param numbers place to number in {@code samples} */
    EvaluationData(SampleSet samples, long size, LongUnaryOperator numbers, int batchSize) {
        this.samples = samples;
        this.size = size;
        this.numbers = numbers;
        this.batchSize = batchSize;
    }

    /** What losses are logged under; the same list as the training stream's. */
    public List<Group> groups() {
        return samples.groups();
    }

    /** How many samples are evaluated. */
    public long samples() {
        return size;
    }

    /** How many batches of {@code per_device_eval_batch_size} samples hold them; the last may hold fewer. */
    public long batches() {
        return (size + batchSize - 1) / batchSize;
    }

    /** One of the batches, 0-based. */
    public Batch batch(long index) throws IOException {
        if (index < 0 || index >= batches()) {
            throw new IndexOutOfBoundsException("batch " + index + " of " + batches());
        }
        long first = index * batchSize;
        long[] chosen = new long[(int) Math.min(batchSize, size - first)];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = numbers.applyAsLong(first + i);
        }
        return samples.batch(chosen);
    }
}

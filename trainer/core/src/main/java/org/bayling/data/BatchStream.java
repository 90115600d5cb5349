package org.bayling.data;

import java.io.IOException;
import java.util.List;

/** Micro-batches by number: a pure function of the configuration, so that a resumed run seeks instead of skipping. */
public interface BatchStream extends AutoCloseable {

    /** What losses are logged under; {@link Batch#groups()} are indexes into this list. */
    List<Group> groups();

    /** Samples of one epoch, after mixing. */
    long samplesPerEpoch();

    /**
     * Optimizer steps of the first epoch. Packed epochs may differ by some steps, because their samples fall into other
     * rows: {@link #steps} and {@link #epochs} know.
     */
    long stepsPerEpoch();

    /** Optimizer steps that make so many epochs; of a fraction, rounded up. */
    default long steps(double epochs) {
        return (long) Math.ceil(epochs * stepsPerEpoch() - 1e-9);
    }

    /** Epochs that are done after the first {@code steps} steps, with fraction. */
    default double epochs(long steps) {
        return steps / (double) stepsPerEpoch();
    }

    /**
     * The micro-batches of one optimizer step, in order; the last step of an epoch may hold fewer samples.
     *
     * @param step 0-based, counted over the whole run; any step may be asked for in any order, in O(1)
     */
    List<Batch> step(long step) throws IOException;

    @Override
    void close() throws IOException;
}

package org.bayling.data;

import java.io.IOException;
import java.util.List;

/** Micro-batches by number: a pure function of the configuration, so that a resumed run seeks instead of skipping. */
public interface BatchStream extends AutoCloseable {

    /** Names of the groups that losses are logged under, for example {@code dataset/zh} and {@code language/de}. */
    List<String> groups();

    /** Samples of one epoch, after mixing. */
    long samplesPerEpoch();

    /** Optimizer steps of one epoch. */
    long stepsPerEpoch();

    /**
     * The micro-batches of one optimizer step, in order; the last step of an epoch may hold fewer samples.
     *
     * @param step 0-based, counted over the whole run; any step may be asked for in any order, in O(1)
     */
    List<Batch> step(long step) throws IOException;

    @Override
    void close() throws IOException;
}

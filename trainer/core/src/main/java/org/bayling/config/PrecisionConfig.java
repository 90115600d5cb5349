package org.bayling.config;

import java.util.OptionalInt;

/**
 * How numbers are stored and multiplied.
 *
 * @param precision {@code precision}: how weights are stored and rounded
 * @param productDtype {@code product_dtype}: what matrix products run in; AUTO measures at start-up
 * @param checkpointing {@code gradient_checkpointing}: which activations are computed again in the backward pass
 * @param numThreads {@code num_threads}: of the CPU; empty takes all cores
 */
public record PrecisionConfig(
        Precision precision, ProductDtype productDtype, Checkpointing checkpointing, OptionalInt numThreads) {

    /** {@code bf16}: frozen weights as stored, trained ones bf16 with an fp32 master. */
    public enum Precision {
        FP32,
        BF16,
        FP16
    }

    /** What matrix products run in. */
    public enum ProductDtype {
        AUTO,
        FP32,
        BF16,
        FP16
    }

    /**
     * How many layers keep only their input and are computed again in the backward pass.
     *
     * @param mode AUTO lets the memory plan decide
     * @param layers for LAYERS: the first so many
     */
    public record Checkpointing(Mode mode, int layers) {
        public enum Mode {
            AUTO,
            NONE,
            FULL,
            LAYERS
        }
    }
}

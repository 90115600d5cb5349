package org.bayling.config;

import java.nio.file.Path;

/**
 * Everything one training run is told, checked and with its defaults filled; made by {@link ConfigLoader}.
 *
 * <p>Each part is the constructor argument of its owner. The YAML stays flat, with the keys of LLaMA-Factory and of the
 * Hugging Face Trainer; the parts only group them here.
 *
 * @param model which weights are tuned
 * @param method what of them is trained
 * @param data what they are trained on
 * @param batch how many samples make a step, and how many steps make the run
 * @param optimizer how a gradient becomes new weights
 * @param precision how numbers are stored and multiplied
 * @param output what is written, where and when
 * @param seed {@code seed}: of data order, initialisation and dropout
 */
public record RunConfig(
        ModelConfig model,
        MethodConfig method,
        DataConfig data,
        BatchConfig batch,
        OptimizerConfig optimizer,
        PrecisionConfig precision,
        OutputConfig output,
        long seed) {

    /** {@code output_dir}. */
    public Path outputDir() {
        return output.outputDir();
    }
}

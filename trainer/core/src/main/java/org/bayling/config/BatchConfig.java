package org.bayling.config;

/**
 * How many samples make a step, and how many steps make the run.
 *
 * @param perDeviceTrainBatchSize {@code per_device_train_batch_size}: samples (rows when packing) of one micro-batch
 * @param gradientAccumulationSteps {@code gradient_accumulation_steps}: micro-batches of one step
 * @param perDeviceEvalBatchSize {@code per_device_eval_batch_size}
 * @param numTrainEpochs {@code num_train_epochs}; fractions are allowed
 * @param maxSteps {@code max_steps}; -1 lets the epochs decide
 */
public record BatchConfig(
        int perDeviceTrainBatchSize,
        int gradientAccumulationSteps,
        int perDeviceEvalBatchSize,
        double numTrainEpochs,
        long maxSteps) {}

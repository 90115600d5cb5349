package org.bayling.config;

/**
 * How a gradient becomes new weights.
 *
 * @param name {@code optim}
 * @param learningRate {@code learning_rate}
 * @param scheduler {@code lr_scheduler_type}
 * @param warmupSteps {@code warmup_steps}, steps; below 1 and above 0 a share of all steps (also {@code warmup_ratio})
 * @param minLrRatio {@code lr_scheduler_kwargs.min_lr_rate}: the floor of cosine_with_min_lr and WSD over the peak
 * @param decaySteps {@code lr_scheduler_kwargs.num_decay_steps} of WSD, steps; below 1 a share of all steps
 * @param weightDecay {@code weight_decay}; never on biases and norms
 * @param beta1 {@code adam_beta1}
 * @param beta2 {@code adam_beta2}
 * @param epsilon {@code adam_epsilon}
 * @param maxGradNorm {@code max_grad_norm}: global norm that a gradient is clipped to; 0 is off
 * @param maxSkippedSteps {@code max_skipped_steps}: non-finite steps in a row after which the run stops as diverged
 */
public record OptimizerConfig(
        Name name,
        double learningRate,
        Scheduler scheduler,
        double warmupSteps,
        double minLrRatio,
        double decaySteps,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        double maxGradNorm,
        int maxSkippedSteps) {

    /** {@code adamw_torch} and {@code adamw_torch_fused} are both ADAMW. */
    public enum Name {
        ADAMW
    }

    /** Names as in {@code transformers.SchedulerType}. */
    public enum Scheduler {
        CONSTANT,
        CONSTANT_WITH_WARMUP,
        LINEAR,
        COSINE,
        COSINE_WITH_MIN_LR,
        WARMUP_STABLE_DECAY
    }
}

package org.bayling.optim;

import org.bayling.config.OptimizerConfig;

/**
 * The learning rate as a pure function of the step, with the formulas of {@code transformers/optimization.py}.
 *
 * @param config peak rate and kind
 * @param warmupSteps steps that the rate rises over
 * @param decaySteps of WSD: steps that it falls over at the end
 * @param totalSteps of the run
 */
public record LearningRate(OptimizerConfig config, long warmupSteps, long decaySteps, long totalSteps) {

    /** A schedule over so many steps; shares of {@code warmup_steps} and {@code num_decay_steps} become steps. */
    public static LearningRate over(OptimizerConfig config, long totalSteps) {
        return new LearningRate(
                config, steps(config.warmupSteps(), totalSteps), steps(config.decaySteps(), totalSteps), totalSteps);
    }

    private static long steps(double value, long totalSteps) {
        return value > 0 && value < 1 ? (long) Math.ceil(value * totalSteps) : (long) value;
    }

    /**
     * The rate of one step.
     *
     * @param step 1 for the first
     */
    public double at(long step) {
        return config.learningRate() * factor(step - 1);
    }

    /** {@code done} steps were taken before; Hugging Face's {@code current_step}. */
    private double factor(long done) {
        if (config.scheduler() == OptimizerConfig.Scheduler.CONSTANT) {
            return 1;
        }
        if (done < warmupSteps) {
            return (double) done / Math.max(1, warmupSteps);
        }
        double progress = (double) (done - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        double floor = config.minLrRatio();
        return switch (config.scheduler()) {
            case CONSTANT, CONSTANT_WITH_WARMUP -> 1;
            case LINEAR -> Math.max(0, 1 - progress);
            case COSINE -> Math.max(0, cosine(progress));
            case COSINE_WITH_MIN_LR -> Math.max(0, cosine(progress) * (1 - floor) + floor);
            case WARMUP_STABLE_DECAY -> {
                long stable = totalSteps - warmupSteps - decaySteps;
                if (done < warmupSteps + stable) {
                    yield 1;
                }
                double decay = Math.min(1, (double) (done - warmupSteps - stable) / Math.max(1, decaySteps));
                yield Math.max(0, cosine(decay) * (1 - floor) + floor);
            }
        };
    }

    private static double cosine(double progress) {
        return 0.5 * (1 + Math.cos(Math.PI * progress));
    }
}

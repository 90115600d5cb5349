package org.bayling.config;

import java.nio.file.Path;
import java.util.Set;

/**
 * What is written, where and when.
 *
 * @param outputDir {@code output_dir}: the run's folder
 * @param loggingSteps {@code logging_steps}: steps that a line of the console and a row of {@code
 *     trainer_state.json} sum up; {@code log.jsonl} has every step
 * @param saveSteps {@code save_steps}: steps between two checkpoints; 0 saves only at the end
 * @param saveTotalLimit {@code save_total_limit}: checkpoints kept; never fewer than two verified ones
 * @param saveOnlyModel {@code save_only_model}: leave out the optimizer, so that the run can't be resumed
 * @param evalStrategy {@code eval_strategy}
 * @param evalSteps {@code eval_steps}: steps between two evaluations
 * @param loadBestModelAtEnd {@code load_best_model_at_end}: the published result is the best checkpoint, not the last
 * @param resumeFromCheckpoint {@code resume_from_checkpoint}: {@code auto}, {@code none} or a path
 * @param plotLoss {@code plot_loss}: write {@code report.html}
 * @param reportTo {@code report_to}: {@code tensorboard} or nothing
 */
public record OutputConfig(
        Path outputDir,
        int loggingSteps,
        int saveSteps,
        int saveTotalLimit,
        boolean saveOnlyModel,
        EvalStrategy evalStrategy,
        int evalSteps,
        boolean loadBestModelAtEnd,
        String resumeFromCheckpoint,
        boolean plotLoss,
        Set<String> reportTo) {

    public OutputConfig {
        reportTo = Set.copyOf(reportTo);
    }

    /** When the evaluation split is run. */
    public enum EvalStrategy {
        NO,
        STEPS,
        EPOCH
    }
}

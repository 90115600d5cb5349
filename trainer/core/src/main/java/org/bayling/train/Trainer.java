package org.bayling.train;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.bayling.config.OutputConfig;
import org.bayling.config.RunConfig;
import org.bayling.data.Batch;
import org.bayling.data.BatchStream;
import org.bayling.data.EvaluationData;
import org.bayling.observe.RunEvent;
import org.bayling.observe.RunEvent.Outcome;
import org.bayling.observe.RunObserver;
import org.bayling.optim.AdamW;
import org.bayling.optim.LearningRate;
import org.bayling.optim.LossScaler;

/**
 * The loop of a run: steps, evaluations, checkpoints, and the four ways it can end.
 *
 * <p>Everything it changes is the model, the optimizer, the loss scale and one {@link TrainState}; all four are in a
 * checkpoint, so a run that was stopped anywhere goes on as if it had not been.
 */
final class Trainer {
    private final RunConfig config;
    private final RunDirectory directory;
    private final String resolvedConfig;
    private final TrainStep step;
    private final Optional<Evaluation> evaluation;
    private final Optional<EvaluationData> evaluationData;
    private final BatchStream data;
    private final AdamW optimizer;
    private final LossScaler scaler;
    private final LearningRate schedule;
    private final TrainCheckpoint checkpoint;
    private final RunObserver observers;
    private final BooleanSupplier stopRequested;
    private final long totalSteps;
    private TrainState state;
    private long lastSaved;

    Trainer(
            RunConfig config,
            RunDirectory directory,
            String resolvedConfig,
            TrainStep step,
            Optional<Evaluation> evaluation,
            Optional<EvaluationData> evaluationData,
            BatchStream data,
            AdamW optimizer,
            LossScaler scaler,
            TrainCheckpoint checkpoint,
            TrainState state,
            long totalSteps,
            RunObserver observers,
            BooleanSupplier stopRequested) {
        this.config = config;
        this.directory = directory;
        this.resolvedConfig = resolvedConfig;
        this.step = step;
        this.evaluation = evaluation;
        this.evaluationData = evaluationData;
        this.data = data;
        this.optimizer = optimizer;
        this.scaler = scaler;
        this.schedule = LearningRate.over(config.optimizer(), totalSteps);
        this.checkpoint = checkpoint;
        this.state = state;
        this.lastSaved = state.step();
        this.totalSteps = totalSteps;
        this.observers = observers;
        this.stopRequested = stopRequested;
    }

    /** Runs to the last step, a stop request, or divergence. */
    Outcome run() throws IOException {
        long started = System.nanoTime();
        while (state.step() < totalSteps) {
            boolean stop = oneStep();
            // A run shorter than the limit has diverged when none of its steps was taken.
            if (state.skippedInARow() >= Math.min(config.optimizer().maxSkippedSteps(), totalSteps)) {
                return finish(Outcome.DIVERGED, started, state.skippedInARow() + " steps in a row were not finite; "
                        + "resume from the last checkpoint with a lower learning_rate, or look at the samples named above");
            }
            boolean last = state.step() == totalSteps;
            if (evaluation.isPresent() && evaluationDue(last)) {
                evaluate();
            }
            OutputConfig output = config.output();
            if (last || stop || output.saveSteps() > 0 && state.step() % output.saveSteps() == 0) {
                save();
            }
            if (stop && !last) {
                return finish(Outcome.STOPPED, started, "stopped on request after step " + state.step() + " of "
                        + totalSteps + "; run the same command again to go on");
            }
        }
        return finish(Outcome.DONE, started, RunDirectory.result(directory.path()).toString());
    }

    private boolean oneStep() throws IOException {
        long started = System.nanoTime();
        List<Batch> microBatches = data.step(state.step());
        double rate = schedule.at(state.optimizerSteps() + 1);
        TrainStep.Outcome outcome =
                step.run(microBatches, rate, data.groups().size(), stopRequested.getAsBoolean());
        long digest = state.sampleDigest();
        for (Batch batch : microBatches) {
            digest = TrainState.digest(digest, batch.samples());
        }
        state = new TrainState(
                state.step() + 1,
                optimizer.steps(),
                outcome.taken() ? 0 : state.skippedInARow() + 1,
                state.totalTokens() + outcome.tokens(),
                digest,
                scaler.scale(),
                scaler.goodSteps(),
                state.bestLoss(),
                state.bestStep(),
                state.productDtype());
        observers.on(new RunEvent.Stepped(
                state.step(),
                epoch(),
                outcome.losses().loss(),
                outcome.gradNorm(),
                rate,
                outcome.tokens(),
                outcome.losses().trainedTokens(),
                state.totalTokens(),
                since(started),
                outcome.losses().byName(data.groups()),
                state.digestText(),
                !outcome.taken()));
        if (!outcome.taken()) {
            observers.on(new RunEvent.Warned("step " + state.step() + " was skipped: "
                    + (outcome.losses().trainedTokens() == 0 ? "no token of it is trained" : "its loss or gradient is not "
                            + "finite") + "; weights and learning rate are as before; its samples are "
                    + samples(microBatches)));
        }
        return outcome.stopRequested();
    }

    private static String samples(List<Batch> microBatches) {
        long[] numbers = microBatches.stream().flatMapToLong(batch -> Arrays.stream(batch.samples())).toArray();
        String shown = LongStream.of(numbers).limit(16).mapToObj(String::valueOf).reduce((a, b) -> a + ", " + b).orElse("");
        return shown + (numbers.length > 16 ? ", ..." : "");
    }

    private boolean evaluationDue(boolean last) {
        return switch (config.output().evalStrategy()) {
            case NO -> false;
            case STEPS -> last || state.step() % config.output().evalSteps() == 0;
            case EPOCH -> last || Math.floor(epoch()) > Math.floor(data.epochs(state.step() - 1));
        };
    }

    private void evaluate() throws IOException {
        long started = System.nanoTime();
        EvaluationData split = evaluationData.orElseThrow();
        LossTally tally = evaluation.orElseThrow().run(split);
        boolean best = !(tally.loss() >= state.bestLoss());
        if (best) {
            state = state.withBest(tally.loss());
        }
        observers.on(new RunEvent.Evaluated(
                state.step(),
                epoch(),
                tally.loss(),
                tally.trainedTokens(),
                split.samples(),
                since(started),
                tally.byName(split.groups()),
                best));
        if (best && config.output().loadBestModelAtEnd()) {
            save();
            directory.markBest(directory.checkpoint(state.step()));
        }
    }

    private void save() throws IOException {
        if (lastSaved == state.step() && state.step() > 0) {
            return;
        }
        long started = System.nanoTime();
        Path target = directory.checkpoint(state.step());
        long bytes = checkpoint.save(target, state, resolvedConfig, !config.output().saveOnlyModel());
        RunDirectory.verify(target);
        lastSaved = state.step();
        directory.retain(config.output().saveTotalLimit());
        observers.on(new RunEvent.Saved(state.step(), target, bytes, since(started)));
    }

    private Outcome finish(Outcome outcome, long started, String message) throws IOException {
        observers.on(new RunEvent.Finished(state.step(), outcome, message, since(started)));
        return outcome;
    }

    private double epoch() {
        return data.epochs(state.step());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}

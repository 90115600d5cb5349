package org.bayling.observe;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;
import org.bayling.observe.RunEvent.Evaluated;
import org.bayling.observe.RunEvent.Finished;
import org.bayling.observe.RunEvent.Saved;
import org.bayling.observe.RunEvent.Started;
import org.bayling.observe.RunEvent.Stepped;

/**
 * {@code trainer_state.json} with the keys of Hugging Face's {@code TrainerState}, for the tools that plot it.
 * Written whole after each evaluation, checkpoint and at the end.
 */
public final class TrainerState implements RunObserver {

    /**
     * What the file tells that no event does.
     *
     * @param loggingSteps steps between two rows of {@code log_history}; a row's loss is the mean over them
     * @param evalSteps {@code eval_steps}; 0 when there is no evaluation by steps
     * @param saveSteps {@code save_steps}; 0 when only the end is saved
     * @param trainBatchSize {@code per_device_train_batch_size}
     * @param evalBatchSize samples of one evaluation batch
     * @param samplesPerStep samples of one optimizer step over all devices
     * @param parameters without embeddings, for {@code total_flos}; 0 leaves that at 0
     */
    public record Settings(
            int loggingSteps,
            int evalSteps,
            int saveSteps,
            int trainBatchSize,
            int evalBatchSize,
            int samplesPerStep,
            long parameters) {}

    private static final double FLOPS_PER_TOKEN_AND_PARAMETER = 6; // forward and backward, as Hugging Face counts

    private final Path file;
    private final Settings settings;
    private final StepWindow window;
    private final ArrayNode logHistory = JsonNodeFactory.instance.arrayNode();
    private Path directory = Path.of("");
    private long step;
    private double epoch;
    private long totalSteps;
    private double epochs;
    private long totalTokens;
    private double lossSum;
    private long lossCount;
    private double bestLoss = Double.NaN;
    private long bestStep;
    private String bestCheckpoint;

    private TrainerState(Path file, Settings settings) {
        this.file = file;
        this.settings = settings;
        this.window = new StepWindow(settings.loggingSteps());
    }

    /**
     * The state so far, read from the log of the run; nothing is written yet.
     *
     * @param file to write
     * @param log the run's {@code log.jsonl}, cut back to where the run goes on; may be absent
     */
    public static TrainerState open(Path file, Path log, Settings settings) throws IOException {
        TrainerState state = new TrainerState(file, settings);
        if (Files.exists(log)) {
            JsonlLog.replay(log, state::absorb);
        }
        return state;
    }

    /** Writes the file anew from the log alone. */
    public static void rebuild(Path file, Path log, Settings settings) throws IOException {
        open(file, log, settings).write();
    }

    @Override
    public void on(RunEvent event) throws IOException {
        absorb(event);
        if (event instanceof Evaluated || event instanceof Saved || event instanceof Finished) {
            write();
        }
    }

    private void absorb(RunEvent event) {
        if (event instanceof Started started) {
            directory = started.directory();
            totalSteps = started.totalSteps();
            epochs = started.epochs();
        } else if (event instanceof Stepped stepped) {
            stepped(stepped);
        } else if (event instanceof Evaluated eval) {
            evaluated(eval);
        } else if (event instanceof Saved saved && saved.step() == bestStep) {
            bestCheckpoint = directory.resolve(saved.directory().getFileName()).toString();
        } else if (event instanceof Finished finished) {
            finished(finished);
        }
    }

    private void stepped(Stepped s) {
        step = s.step();
        epoch = s.epoch();
        totalTokens = s.totalTokens();
        if (!s.skipped()) {
            lossSum += s.loss();
            lossCount++;
        }
        window.add(s, totalSteps).ifPresent(w -> {
            ObjectNode row = logHistory.addObject();
            LogRowWriter.number(row, "loss", w.loss());
            LogRowWriter.number(row, "grad_norm", w.gradNorm());
            LogRowWriter.number(row, "learning_rate", w.learningRate());
            where(row, w.epoch(), w.step());
        });
    }

    private void evaluated(Evaluated e) {
        if (e.best()) {
            bestLoss = e.loss();
            bestStep = e.step();
            bestCheckpoint = null;
        }
        ObjectNode row = logHistory.addObject();
        double runtime = Figures.seconds(e.duration());
        double batches = Math.ceil((double) e.samples() / Math.max(1, settings.evalBatchSize()));
        LogRowWriter.number(row, "eval_loss", e.loss());
        row.put("eval_runtime", rounded(runtime));
        row.put("eval_samples_per_second", rate(e.samples(), runtime));
        row.put("eval_steps_per_second", rate(batches, runtime));
        where(row, e.epoch(), e.step());
    }

    private void finished(Finished f) {
        if (f.outcome() != RunEvent.Outcome.DONE) {
            return; // the last row is for a run that has come to its end
        }
        ObjectNode row = logHistory.addObject();
        double runtime = Figures.seconds(f.duration());
        row.put("train_runtime", rounded(runtime));
        row.put("train_samples_per_second", rate((double) totalSteps * settings.samplesPerStep(), runtime));
        row.put("train_steps_per_second", rate(totalSteps, runtime));
        row.put("total_flos", totalFlos());
        LogRowWriter.number(row, "train_loss", lossCount == 0 ? 0 : lossSum / lossCount);
        where(row, epoch, f.step());
    }

    private static void where(ObjectNode row, double epoch, long step) {
        LogRowWriter.number(row, "epoch", epoch);
        row.put("step", step);
    }

    private void write() throws IOException {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("best_global_step", Double.isNaN(bestLoss) ? null : (Long) bestStep);
        state.put("best_metric", Double.isNaN(bestLoss) ? null : (Double) bestLoss);
        state.put("best_model_checkpoint", bestCheckpoint);
        LogRowWriter.number(state, "epoch", epoch);
        state.put("eval_steps", settings.evalSteps());
        state.put("global_step", step);
        state.put("is_hyper_param_search", false);
        state.put("is_local_process_zero", true);
        state.put("is_world_process_zero", true);
        state.set("log_history", logHistory);
        state.put("logging_steps", settings.loggingSteps());
        state.put("max_steps", totalSteps);
        state.put("num_input_tokens_seen", totalTokens);
        state.put("num_train_epochs", (long) Math.ceil(epochs));
        state.put("save_steps", settings.saveSteps());
        state.putObject("stateful_callbacks");
        state.put("total_flos", totalFlos());
        state.put("train_batch_size", settings.trainBatchSize());
        state.putNull("trial_name");
        state.putNull("trial_params");
        AtomicFile.write(file, json(state) + "\n", FaultPoint.NONE);
    }

    /** Laid out as Python's {@code json.dumps(indent=2)} does. */
    private static String json(ObjectNode state) throws IOException {
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentArraysWith(indent);
        printer.indentObjectsWith(indent);
        return new ObjectMapper().writer(printer).writeValueAsString(state);
    }

    private double totalFlos() {
        return FLOPS_PER_TOKEN_AND_PARAMETER * settings.parameters() * totalTokens;
    }

    private static double rate(double count, double seconds) {
        return seconds == 0 ? 0 : rounded(count / seconds);
    }

    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}

package org.bayling.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerStateTest {

    private static final TrainerState.Settings SETTINGS = new TrainerState.Settings(2, 4, 4, 8, 8, 32, 1000);

    @TempDir
    Path directory;

    private Path log() {
        return directory.resolve("log.jsonl");
    }

    private Path state() {
        return directory.resolve("trainer_state.json");
    }

    private void run(long firstStep, long lastStep) throws IOException {
        JsonlLog log = JsonlLog.open(log(), firstStep - 1);
        TrainerState state = TrainerState.open(state(), log(), SETTINGS);
        try (RunObserver all = RunObservers.of(List.of(state, log))) {
            all.on(Events.started(firstStep, 8));
            for (long step = firstStep; step <= lastStep; step++) {
                all.on(Events.step(step, step == 5 ? Double.NaN : 4.0 / step, Duration.ofSeconds(1), step == 5));
                if (step % 4 == 0) {
                    all.on(Events.evaluated(step, 2.0 + step, step == 4));
                    all.on(Events.saved(step));
                }
            }
            if (lastStep == 8) {
                all.on(Events.done(8));
            }
        }
    }

    private JsonNode read() throws IOException {
        return new ObjectMapper().readTree(state().toFile());
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void keysAreThoseOfTheHuggingFaceTrainer() throws IOException {
        run(1, 8);

        assertThat(keys(read())).containsExactlyInAnyOrder(
                "epoch", "global_step", "max_steps", "num_train_epochs", "logging_steps", "eval_steps", "save_steps",
                "train_batch_size", "num_input_tokens_seen", "total_flos", "best_metric", "best_global_step",
                "best_model_checkpoint", "log_history", "is_local_process_zero", "is_world_process_zero",
                "is_hyper_param_search", "trial_name", "trial_params", "stateful_callbacks");
        assertThat(read().path("global_step").asLong()).isEqualTo(8);
        assertThat(read().path("best_metric").asDouble()).isEqualTo(6.0);
        assertThat(read().path("best_global_step").asLong()).isEqualTo(4);
        assertThat(read().path("best_model_checkpoint").asText()).isEqualTo(Path.of("run/step-4").toString());
        assertThat(read().path("total_flos").asDouble()).isEqualTo(6.0 * 1000 * 800);
    }

    @Test
    void historyHasTrainEvaluationAndLastRows() throws IOException {
        run(1, 8);

        JsonNode history = read().path("log_history");
        assertThat(history).hasSize(7);
        assertThat(keys(history.get(0))).containsExactly("loss", "grad_norm", "learning_rate", "epoch", "step");
        assertThat(history.get(0).path("loss").asDouble()).isEqualTo(3.0);
        assertThat(history.get(0).path("step").asLong()).isEqualTo(2);
        assertThat(keys(history.get(2))).containsExactly(
                "eval_loss", "eval_runtime", "eval_samples_per_second", "eval_steps_per_second", "epoch", "step");
        assertThat(history.get(2).path("eval_samples_per_second").asDouble()).isEqualTo(8.0);
        assertThat(history.get(2).path("eval_steps_per_second").asDouble()).isEqualTo(1.2);
        assertThat(keys(history.get(6))).containsExactly(
                "train_runtime", "train_samples_per_second", "train_steps_per_second", "total_flos", "train_loss",
                "epoch", "step");
    }

    @Test
    void windowWithASkippedStepAveragesTheOthers() throws IOException {
        run(1, 8);

        assertThat(read().path("log_history").get(3).path("loss").asDouble()).isEqualTo(4.0 / 6);
    }

    @Test
    void rebuildingFromTheLogGivesTheSameBytes() throws IOException {
        run(1, 8);
        String live = Files.readString(state());
        Files.delete(state());

        TrainerState.rebuild(state(), log(), SETTINGS);

        assertThat(Files.readString(state())).isEqualTo(live);
    }

    @Test
    void resumedRunWritesTheSameStateAsAnUninterruptedOne() throws IOException {
        run(1, 8);
        String whole = Files.readString(state());
        Files.delete(log());

        run(1, 7);
        run(5, 8);

        assertThat(Files.readString(state())).isEqualTo(whole);
    }
}

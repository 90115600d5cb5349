package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bayling.numeric.Rng;
import org.bayling.observe.JsonlLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs from outside: begun, stopped, gone on with, looked at, talked to. */
class RunsTest {
    @TempDir
    private Path temp;

    @BeforeEach
    void files() throws IOException {
        TinyRun.write(temp);
    }

    @Test
    void aRunIsPlannedTrainedInspectedMergedAndTalkedTo() throws Exception {
        assertThat(run(0, "plan", "run.yaml").out())
                .contains("parameters", "expected peak", "measured step", "steps");
        assertThat(temp.resolve("out/config.resolved.yaml")).as("plan begins no run").doesNotExist();

        BuiltProduct.Result trained = run(0, "train", "run.yaml");
        assertThat(trained.out()).isEqualTo("out/step-6\n");
        assertThat(trained.err()).contains("step 6/6").contains("saved out/step-6").contains("done after step 6");
        for (String file : new String[] {
            "log.jsonl", "trainer_state.json", "report.html", "provenance.json", "config.resolved.yaml"
        }) {
            assertThat(temp.resolve("out").resolve(file)).isNotEmptyFile();
        }
        assertThat(run(0, "inspect", "out").out()).contains("step-3", "step-6", "sound", "result: out/step-6");

        // An adapter on what was just trained.
        run(0, "train", "run.yaml", "model_name_or_path=out/step-6", "train_from_scratch=false", "finetuning_type=lora",
                "lora_rank=2", "lora_target=all", "output_dir=adapter", "max_steps=2");
        assertThat(run(0, "inspect", "adapter/step-2").out()).contains("every file as its manifest says", "lora_A");
        assertThat(run(0, "merge", "--model", "adapter", "--output", "merged").out())
                .containsPattern("logits against the source: max \\S+e-0[5-9]");
        String adapted = run(0, "generate", "--model", "adapter", "--prompt", "What is 3 plus one?", "--json",
                        "--greedy", "--max-new-tokens", "6").out();
        String merged = run(0, "generate", "--model", "merged", "--prompt", "What is 3 plus one?", "--json", "--greedy",
                        "--max-new-tokens", "6").out();
        assertThat(adapted).isEqualTo(merged).contains("\"stop_reason\"");
        BuiltProduct.Result chat = BuiltProduct.in(temp)
                .withInput("What is 3 plus one?\n/reset\n\n")
                .run("chat", "--model", "adapter", "--max-new-tokens", "4");
        assertThat(chat.exitCode()).as(chat.toString()).isZero();
        assertThat(chat.err()).contains("tokens/s");
    }

    @Test
    void aRunThatIsToldToStopSavesAndGoesOnToTheSameBytes() throws Exception {
        run(0, "train", "run.yaml", "max_steps=400", "save_steps=0", "logging_steps=10", "output_dir=whole");
        String[] arguments = {
            "train", "run.yaml", "max_steps=400", "save_steps=0", "logging_steps=10", "output_dir=parts"
        };
        try (BuiltProduct.Running running = BuiltProduct.in(temp).start(arguments)) {
            while (running.process().isAlive() && !running.err().matches("(?s).*step +20/400.*")) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            running.process().destroy(); // SIGTERM
            BuiltProduct.Result stopped = running.await();
            assertThat(stopped.exitCode()).as(stopped.toString()).isEqualTo(75);
            assertThat(stopped.err()).contains("SIGTERM").contains("stopped");
        }
        assertThat(temp.resolve("parts/step-400")).doesNotExist();
        run(0, "resume", "parts");
        for (String file : new String[] {"model.safetensors", "optimizer.safetensors", "training_state.json"}) {
            assertThat(temp.resolve("parts/step-400").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("whole/step-400").resolve(file));
        }
    }

    /** Killed three times at steps drawn from a seed; dropout is on, so that masks must come back too. */
    @Test
    void aRunThatIsKilledAgainAndAgainEndsWithTheSameBytesAndTheSameLog() throws Exception {
        run(0, "train", "run.yaml");
        String[] common = {
            "train", "run.yaml", "model_name_or_path=out/step-6", "train_from_scratch=false", "finetuning_type=lora",
            "lora_rank=2", "lora_dropout=0.2", "max_steps=240", "save_steps=20"
        };
        run(0, with(common, "output_dir=whole"));
        for (int kill = 0; kill < 3; kill++) {
            long step = 60L * kill + 5 + Rng.below(50, 20261124, kill);
            try (BuiltProduct.Running running = BuiltProduct.in(temp).start(with(common, "output_dir=parts"))) {
                while (running.process().isAlive() && !running.err().matches("(?s).*step +" + step + "/.*")) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                running.process().destroyForcibly(); // SIGKILL
                assertThat(running.await().exitCode()).as("killed at step " + step).isEqualTo(137);
            }
        }
        run(0, with(common, "output_dir=parts"));
        for (String file : new String[] {"adapter_model.safetensors", "optimizer.safetensors", "training_state.json"}) {
            assertThat(temp.resolve("parts/step-240").resolve(file))
                    .hasSameBinaryContentAs(temp.resolve("whole/step-240").resolve(file));
        }
        assertThat(JsonlLog.comparable(temp.resolve("parts/log.jsonl")))
                .as("losses and sample digests of every step")
                .isEqualTo(JsonlLog.comparable(temp.resolve("whole/log.jsonl")));
    }

    private static String[] with(String[] arguments, String last) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }

    @Test
    void aDamagedCheckpointIsFoundByItsChecksum() throws Exception {
        run(0, "train", "run.yaml");
        Path weights = temp.resolve("out/step-6/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 5] ^= 1;
        Files.write(weights, bytes);
        assertThat(run(10, "inspect", "out").out()).contains("model.safetensors").contains("step-3");
        assertThat(run(10, "inspect", "out/step-6").err()).contains("model.safetensors").contains("SHA-256");
        BuiltProduct.Result resumed = run(0, "resume", "out");
        assertThat(resumed.err()).contains("set aside").contains("goes on at step 4");
    }

    @Test
    void resumeWithoutARunIsRefused() throws Exception {
        assertThat(run(10, "resume", "run.yaml").err()).contains("no checkpoint to resume from");
        assertThat(run(10, "resume", "model").err()).contains("not the folder of a run");
        assertThat(run(10, "report", "model").err()).contains("log.jsonl");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void aRunWhoseLossIsNotFiniteEndsAsDiverged() throws Exception {
        BuiltProduct.Result result =
                run(12, "train", "run.yaml", "learning_rate=1e30", "max_grad_norm=0", "max_steps=50", "max_skipped_steps=2");
        assertThat(result.err()).contains("not finite").contains("learning_rate");
    }

    private BuiltProduct.Result run(int exitCode, String... arguments) throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp).run(arguments);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        return result;
    }
}

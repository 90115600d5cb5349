package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loss that is no number, and runs that the machine has not the memory for. */
class BadNumbersTest {
    @TempDir
    private Path temp;

    @BeforeEach
    void files() throws IOException {
        TinyRun.write(temp);
    }

    @Test
    void aRunWhoseLossStaysNotFiniteEndsAsDivergedWithItsSoundCheckpoints() throws Exception {
        BuiltProduct.Result result = Refusals.explained(
                12, Refusals.product(temp), "train", "run.yaml", "learning_rate=1e30", "max_grad_norm=0",
                "max_steps=50", "save_steps=1", "max_skipped_steps=3");
        assertThat(result.err())
                .contains("was skipped: its loss or gradient is not finite", "weights and learning rate are as before")
                .contains("its samples are ", "3 steps in a row were not finite", "lower learning_rate");
        assertThat(Files.readString(temp.resolve("out/log.jsonl"))).contains("NaN");
        assertThat(Refusals.product(temp).run("inspect", "out").exitCode()).as("what was saved is sound").isZero();
    }

    /** Shorter than the limit of skipped steps, which therefore can never be reached. */
    @Test
    void aShortRunThatTakesNoStepIsNoSuccess() throws Exception {
        Path config = temp.resolve("model/config.json");
        Files.writeString(config, Files.readString(config).replace("1e-5", "1e-5, \"initializer_range\": 2.5e18"));
        BuiltProduct.Result result = Refusals.explained(
                12, Refusals.product(temp), "train", "run.yaml", "max_steps=2");
        assertThat(result.err()).contains("2 steps in a row were not finite");
    }

    @Test
    void aModelThatCannotFitIsRefusedBeforeItIsMade() throws Exception {
        Path config = temp.resolve("model/config.json");
        String text = Files.readString(config);
        Files.writeString(config, text.replace("\"intermediate_size\": 64", "\"intermediate_size\": 2000000000"));
        assertThat(Refusals.refusedAfterReading(11, temp, "train", "run.yaml").err())
                .contains("not enough memory: full fine-tuning of 384,000,0", "GiB", "finetuning_type: lora");
    }

    @Test
    void aFullBufferMemoryNamesTheKnobs() throws Exception {
        BuiltProduct narrow =
                Refusals.product(temp).withEnvironment("BAYLING_JAVA_OPTS", "-XX:MaxDirectMemorySize=16k");
        assertThat(Refusals.explained(11, narrow, "train", "run.yaml").err())
                .contains("out of memory: ", "BAYLING_JAVA_OPTS=-XX:MaxDirectMemorySize=8g")
                .contains("per_device_train_batch_size", "cutoff_len", "gradient_checkpointing");
        assertThat(temp.resolve("out/step-3")).doesNotExist();
    }

    /** The heap is the virtual machine's own: it ends at once with 134, by choice, and says which option helps. */
    @Test
    void aFullHeapEndsAtOnceAndNamesTheOption() throws Exception {
        Files.writeString(
                temp.resolve("data.jsonl"),
                "{\"instruction\": \"x\", \"output\": \"" + "long ".repeat(4_000_000) + "\"}\n");
        BuiltProduct narrow = Refusals.product(temp)
                .withEnvironment("BAYLING_JAVA_OPTS", "-Xmx24m -XX:ErrorFile=" + temp.resolve("note.log"));
        BuiltProduct.Result result = narrow.run("train", "run.yaml");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(134);
        assertThat(result.err()).contains("the Java heap is full", "BAYLING_JAVA_OPTS=-Xmx6g");
        assertThat(temp.resolve("out/step-3")).doesNotExist();
    }
}

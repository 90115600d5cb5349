package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that cannot be used: exit code 2, each fault with file, line and column, and nothing written. */
class BadConfigTest {
    @TempDir
    private Path temp;

    private Path yaml;

    @BeforeEach
    void files() throws IOException {
        TinyRun.write(temp);
        yaml = temp.resolve("run.yaml");
    }

    /** Lines with one fault each, and what is told of it behind file, line and column. */
    private static final Map<String, String> BAD_LINES = badLines();

    private static Map<String, String> badLines() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("frobnicate: 3", "frobnicate: unknown key");
        lines.put("lora_rnk: 3", "lora_rnk: unknown key (did you mean lora_rank?)");
        lines.put("micro_batch_size: 7", "micro_batch_size: per_device_train_batch_size and micro_batch_size are");
        lines.put("warmup_ratio: 3", "warmup_ratio: expected a number from 0 to below 1, found \"3\"");
        lines.put("weight_decay: -1", "weight_decay: expected a number");
        lines.put("val_size: .nan", "val_size: expected a number");
        lines.put("adam_beta1: 1e400", "adam_beta1: expected a number");
        lines.put("seed: 99999999999999999999", "seed: expected a whole number");
        lines.put("logging_steps: 2.5", "logging_steps: expected a whole number");
        lines.put("packing: [true]", "packing: expected true or false, found a list");
        lines.put("product_dtype: fp64", "product_dtype: expected one of");
        lines.put("eval_dataset: []", "eval_dataset: expected a list of data sets such as");
        lines.put("lora_target: q_prj", "lora_target: \"q_prj\" is not a projection (did you mean q_proj?)");
        lines.put(
                "modules_to_save: [embed_tokns]",
                "modules_to_save: \"embed_tokns\" names no module of a Llama (did you mean embed_tokens?)");
        return lines;
    }

    @Test
    void allBadLinesAreToldAtOnceWithTheirPlaces() throws Exception {
        int before = lines();
        Files.writeString(yaml, String.join("\n", BAD_LINES.keySet()) + "\n", StandardOpenOption.APPEND);
        String told = Refusals.refused(2, temp, "validate", "run.yaml").err();
        int line = before;
        for (Map.Entry<String, String> bad : BAD_LINES.entrySet()) {
            line++;
            assertThat(told).containsPattern("run\\.yaml:" + line + ":\\d+: " + Pattern.quote(bad.getValue()));
        }
    }

    @Test
    void aKeyWrittenTwiceIsToldWithBothPlaces() throws Exception {
        int before = lines();
        Files.writeString(yaml, "max_steps: 7\n", StandardOpenOption.APPEND);
        assertThat(Refusals.refused(2, temp, "train", "run.yaml").err())
                .contains("run.yaml:" + (before + 1) + ":1: max_steps: written twice, first in line 7 (remove one)");
    }

    @Test
    void aConfigurationCannotNameClasses() throws Exception {
        Files.writeString(yaml, "x: !!java.util.Date 1\n", StandardOpenOption.APPEND);
        assertThat(Refusals.refused(2, temp, "train", "run.yaml").err())
                .contains("not valid YAML: Global tag is not allowed");
    }

    private int lines() throws IOException {
        return Files.readAllLines(yaml).size();
    }

    @Test
    void whatIsNoConfigurationIsRefused() throws Exception {
        assertThat(Refusals.refused(2, temp, "train", "no.yaml").err()).contains("no.yaml: no such file");
        assertThat(Refusals.refused(2, temp, "train", "model").err()).contains("model: is a directory");
        Files.writeString(yaml, "");
        assertThat(Refusals.refused(2, temp, "train", "run.yaml").err()).contains("run.yaml: is empty");
        Files.writeString(yaml, "a: {{{\n");
        assertThat(Refusals.refused(2, temp, "train", "run.yaml").err()).contains("run.yaml:", "not valid YAML");
        Files.write(yaml, new byte[] {(byte) 0xff, 0x00});
        assertThat(Refusals.refused(2, temp, "train", "run.yaml").err()).contains("run.yaml: is not UTF-8 text");
    }

    @Test
    void whatMustBeGivenIsAskedForAllAtOnce() throws Exception {
        Files.writeString(yaml, "seed: 1\n");
        assertThat(Refusals.refused(2, temp, "train", "run.yaml").err())
                .contains("model_name_or_path: is missing", "datasets: is missing", "output_dir: is missing");
    }

    @Test
    void badOverridesAreRefused() throws Exception {
        assertThat(Refusals.refused(
                                2, temp, "train", "run.yaml", "lora_rnk=3", "max_steps=x", "datasets.0.wieght=3",
                                "datasets.5.weight=3")
                        .err())
                .contains("override: lora_rnk: unknown key (did you mean lora_rank?)")
                .contains("override: max_steps: expected a whole number from -1, found \"x\"")
                .contains("override: datasets.0.wieght: unknown key (did you mean weight?)")
                .contains("override: datasets.5.weight: \"5\" is not an item of the list");
    }

    /** That there are two layers only the model tells. */
    @Test
    void aModuleOfALayerThatIsNotThereIsRefused() throws Exception {
        SoundModel sound = SoundModel.train(temp);
        Path copy = temp.resolve("copy");
        sound.copyTo(copy);
        assertThat(Refusals.refusedAfterReading(
                                10, copy, "train", "run.yaml", "finetuning_type=lora", "lora_rank=2",
                                "modules_to_save=[layers.7.mlp]")
                        .err())
                .contains("modules_to_save: 'layers.7.mlp' names no module of this model", "model.layers.1.");
        assertThat(Refusals.refused(
                                10, copy, "train", "run.yaml", "finetuning_type=lora", "lora_rank=2",
                                "adapter_name_or_path=nowhere", "output_dir=other")
                        .err())
                .contains("nowhere: holds no adapter_config.json");
        assertThat(Refusals.refused(10, copy, "train", "run.yaml", "template=chatmll", "output_dir=other")
                        .err())
                .contains("template: 'chatmll' is neither", "chatml");
    }
}

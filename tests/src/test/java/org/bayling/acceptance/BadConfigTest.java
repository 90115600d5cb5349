package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            frobnicate: 3                  | frobnicate: unknown key
            lora_rnk: 3                    | lora_rnk: unknown key (did you mean lora_rank?)
            max_steps: 7                   | max_steps: written twice, first in line 7 (remove one)
            micro_batch_size: 7            | per_device_train_batch_size and micro_batch_size are names of the same setting
            warmup_ratio: 3                | warmup_ratio: expected a number from 0 to below 1, found "3"
            weight_decay: -1               | weight_decay: expected a number
            val_size: .nan                 | val_size: expected a number
            adam_beta1: 1e400              | adam_beta1: expected a number
            seed: 99999999999999999999     | seed: expected a whole number
            logging_steps: 2.5             | logging_steps: expected a whole number
            packing: [true]                | packing: expected true or false, found a list
            product_dtype: fp64            | product_dtype: expected one of
            eval_dataset: []               | found an empty list
            lora_target: q_prj             | lora_target
            modules_to_save: [embed_tokns] | "embed_tokns" names no module of a Llama (did you mean embed_tokens?)
            x: !!java.util.Date 1          | not valid YAML: Global tag is not allowed
            """)
    void aBadLineIsToldWithItsPlace(String line, String told) throws Exception {
        int place = (int) Files.lines(yaml).count() + 1;
        Files.writeString(yaml, Files.readString(yaml) + line + "\n");
        assertThat(Refusals.refused(2, temp, "validate", "run.yaml").err())
                .contains("run.yaml:" + place + ":")
                .contains(told);
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
        assertThat(Refusals.refused(2, temp, "train", "run.yaml").err()).contains("run.yaml: is not UTF-8 text at byte 0");
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

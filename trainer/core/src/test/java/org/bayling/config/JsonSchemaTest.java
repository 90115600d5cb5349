package org.bayling.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final com.networknt.schema.JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(JsonSchema.of());

    /** Every file in configs/ that trains something; recipes of other commands stand in its folders. */
    static Stream<Path> shippedFiles() throws IOException {
        Path root = Path.of(System.getProperty("bayling.root", "../.."));
        try (Stream<Path> files = Files.list(root.resolve("configs"))) {
            List<Path> yaml =
                    files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
            return yaml.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shippedFiles")
    void everyShippedFileLoadsAndFitsTheSchema(Path file) throws Exception {
        LoadedConfig loaded = ConfigLoader.load(file, List.of());

        assertThat(loaded.notices()).noneMatch(notice -> notice.contains("read as") || notice.contains("changes"));
        assertThat(violations(Files.readString(file))).isEmpty();
        assertThat(Files.readString(file))
                .startsWith("# ")
                .contains("./bayling-train train configs/" + file.getFileName());
    }

    @Test
    void schemaItselfIsValid() throws IOException {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        com.networknt.schema.JsonSchema draft =
                factory.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(draft.validate(JsonSchema.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "lora_rnk: 8",
        "lora_rank: 0",
        "lora_rank: 8.5",
        "learning_rate: fast",
        "learning_rate: 0",
        "adam_beta1: 1",
        "optim: adafactor",
        "packing: maybe",
        "eval_dataset: []",
        "eval_dataset: [{path: a, formt: alpaca}]",
        "eval_dataset: [{format: alpaca}]",
        "lr_scheduler_kwargs: {min: 1}",
        "gradient_checkpointing: unsloth",
        "bf16: maybe",
    })
    void whatTheLoaderRefusesTheSchemaRefuses(String line) throws IOException {
        String yaml = ConfigFiles.MINIMAL + line + "\n";
        assertThat(ConfigFiles.problems(yaml)).isNotEmpty();
        assertThat(violations(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "learning_rate: \"1e-5\"",
        "learning_rate: 1",
        "lora_target: [q_proj]",
        "gradient_checkpointing: 4",
        "gradient_checkpointing: true",
        "bf16: auto",
        "fp16: false",
        "train: {epochs: 2, micro_batch_size: 3}",
        "optimizer: {lr: 1.0e-4}",
        "optimizer: adamw_torch",
        "eval_strategy: no",
        "lora_target_linear: true",
        "val_set_size: 0.1",
        "save_strategy: no",
        "lr_scheduler_type: cosine_with_min_lr\nlr_scheduler_kwargs: {min_lr_rate: 0.1}",
    })
    void whatTheLoaderReadsTheSchemaAccepts(String line) throws Exception {
        String yaml = ConfigFiles.MINIMAL + line + "\n";
        assertThat(ConfigFiles.load(yaml)).isNotNull();
        assertThat(violations(yaml)).isEmpty();
    }

    @Test
    void schemaDescribesEveryKey() {
        JsonNode properties = JsonSchema.of().get("properties");
        assertThat(ConfigKeys.ROOT.keys()).filteredOn(key -> !key.name().contains(".")).allSatisfy(key -> assertThat(
                        properties.get(key.name()).get("description").asText())
                .isEqualTo(key.doc()));
        assertThat(properties.get("sequence_len").get("deprecated").asBoolean()).isTrue();
        assertThat(properties.get("sequence_len").get("description").asText()).contains("name of cutoff_len");
    }

    private static Set<ValidationMessage> violations(String yaml) throws IOException {
        return SCHEMA.validate(YAML.readTree(yaml));
    }
}

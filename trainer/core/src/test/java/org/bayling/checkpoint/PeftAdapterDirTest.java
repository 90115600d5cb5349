package org.bayling.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bayling.Shared;
import org.bayling.io.CorruptFileException;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileFormatException;
import org.bayling.io.UnsupportedFileException;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeftAdapterDirTest {
    private static final String Q = "model.layers.0.self_attn.q_proj";

    @TempDir
    Path parent;

    private static TensorStore.Entry fp32(String name, long... shape) {
        return TensorStore.Entry.of(name, DType.F32, TensorShape.of(shape));
    }

    private Path adapter(AdapterConfig config, TensorStore.Entry... tensors) throws IOException {
        Path target = parent.resolve("adapter-" + parent.toFile().list().length);
        PeftAdapterDir.publish(
                target,
                config,
                List.of(tensors),
                (tensor, sink) -> sink.write(ByteBuffer.allocate((int) tensor.bytes())),
                FaultPoint.NONE);
        return target;
    }

    private Path withKey(String key, String json) throws IOException {
        AdapterConfig config = AdapterConfig.lora(2, 4, 0, List.of("q_proj"));
        Path target = adapter(config, fp32(AdapterKeys.loraA(Q), 2, 8), fp32(AdapterKeys.loraB(Q), 8, 2));
        Path file = target.resolve(PeftAdapterDir.CONFIG);
        ObjectNode tree = JsonFiles.readObject(file);
        tree.set(key, JsonFiles.parse(json));
        Files.writeString(file, tree.toString());
        return target;
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "rslora", "dora", "lora-qv-saved", "lora-patterns"})
    void anAdapterOfTheReferenceIsWrittenBackWithTheSameBytesAndKeys(String kind) throws IOException {
        Path original = Shared.path("golden/tiny/adapters/" + kind + "/adapter");
        Path copy = parent.resolve("copy");
        try (PeftAdapterDir adapter = PeftAdapterDir.open(original)) {
            PeftAdapterDir.publish(
                    copy,
                    adapter.config(),
                    adapter.tensors().names().stream().map(adapter.tensors()::entry).toList(),
                    TensorSource.of(adapter.tensors()),
                    FaultPoint.NONE);
            try (PeftAdapterDir again = PeftAdapterDir.open(copy)) {
                assertThat(again.config()).isEqualTo(adapter.config());
            }
        }
        assertThat(Files.mismatch(original.resolve(PeftAdapterDir.WEIGHTS), copy.resolve(PeftAdapterDir.WEIGHTS)))
                .isEqualTo(-1);
        JsonNode before = JsonFiles.readObject(original.resolve(PeftAdapterDir.CONFIG));
        JsonNode after = JsonFiles.readObject(copy.resolve(PeftAdapterDir.CONFIG));
        for (var entry : before.properties()) {
            JsonNode written = after.path(entry.getKey());
            if (entry.getKey().equals("target_modules")) {
                Set<JsonNode> names = new HashSet<>();
                entry.getValue().forEach(names::add);
                assertThat(written).containsExactlyInAnyOrderElementsOf(names);
            } else {
                assertThat(written).as(entry.getKey()).isEqualTo(entry.getValue());
            }
        }
        assertThat(copy.resolve(PeftAdapterDir.CARD)).content().startsWith("---\nbase_model: ").contains("peft");
    }

    @Test
    void patternsOfTheReferenceGiveRanksAlphasAndScales() throws IOException {
        try (PeftAdapterDir adapter =
                PeftAdapterDir.open(Shared.path("golden/tiny/adapters/lora-patterns/adapter"))) {
            AdapterConfig config = adapter.config();
            assertThat(config.rankOf(Q)).isEqualTo(2);
            assertThat(config.scaleOf(Q)).isEqualTo(8.0 / 2);
            assertThat(config.rankOf("model.layers.2.mlp.down_proj")).isEqualTo(4);
            assertThat(config.scaleOf("model.layers.2.mlp.down_proj")).isEqualTo(16.0 / 4);
            assertThat(config.scaleOf("model.layers.1.mlp.up_proj")).isEqualTo(8.0 / 4);
        }
    }

    @Test
    void aFreshConfigHoldsEveryKeyThatPeftNeeds() throws IOException {
        AdapterConfig config = AdapterConfig.lora(8, 16, 0.05, List.of("v_proj", "q_proj")).withBase("base/model");
        assertThat(AdapterConfigJson.write(config))
                .isEqualTo("""
                        {
                          "alpha_pattern": {},
                          "auto_mapping": null,
                          "base_model_name_or_path": "base/model",
                          "bias": "none",
                          "exclude_modules": null,
                          "fan_in_fan_out": false,
                          "inference_mode": true,
                          "init_lora_weights": true,
                          "layers_pattern": null,
                          "layers_to_transform": null,
                          "lora_alpha": 16,
                          "lora_dropout": 0.05,
                          "modules_to_save": null,
                          "peft_type": "LORA",
                          "peft_version": "0.21.2",
                          "r": 8,
                          "rank_pattern": {},
                          "revision": null,
                          "target_modules": [
                            "q_proj",
                            "v_proj"
                          ],
                          "task_type": "CAUSAL_LM",
                          "use_dora": false,
                          "use_rslora": false
                        }
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layer_replication|[[0,4]]",
                "lora_bias|true",
                "target_parameters|[\"experts\"]",
                "trainable_token_indices|[1]",
                "loftq_config|{\"loftq_bits\":4}",
                "megatron_config|{\"a\":1}",
                "alora_invocation_tokens|[5]",
                "use_qalora|true",
                "use_bdlora|true",
                "arrow_config|{\"a\":1}",
                "kasa_config|{\"a\":1}",
                "ensure_weight_tying|true",
                "a_key_of_tomorrow|true",
                "a_key_of_tomorrow|\"on\"",
                "init_lora_weights|\"pissa\"",
                "init_lora_weights|\"olora\"",
                "init_lora_weights|\"loftq\"",
                "bias|\"all\"",
                "peft_type|\"IA3\"",
                "peft_type|null",
                "task_type|\"SEQ_CLS\"",
                "target_modules|\".*q_proj\"",
                "exclude_modules|\"k.*\""
            })
    void keysThatChangeTheMathematicsAreRefusedByName(String key, String json) throws IOException {
        Path target = withKey(key, json);
        assertThatThrownBy(() -> PeftAdapterDir.open(target))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContainingAll("adapter_config.json", "'" + key + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r|0", "r|2.5", "r|\"2\"", "r|99999999999", "lora_alpha|\"x\"", "lora_dropout|1", "use_dora|\"yes\"",
                "target_modules|[]", "target_modules|[1]", "target_modules|{\"a\":\"q_proj\"}", "rank_pattern|[]",
                "rank_pattern|{\"q_proj\":0}", "alpha_pattern|{\"q_proj\":\"1\"}", "layers_to_transform|[-1]",
                "rank_pattern|{\"(a+)+$\":2}", "rank_pattern|{\"[\":2}", "alpha_pattern|{\"(?=a)\":2}"
            })
    void valuesOfTheWrongKindAreRefused(String key, String json) throws IOException {
        Path target = withKey(key, json);
        assertThatThrownBy(() -> PeftAdapterDir.open(target))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("adapter_config.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a_key_of_tomorrow|false", "loftq_config|{}", "eva_config|{\"rho\":2.0}", "fan_in_fan_out|true",
                "init_lora_weights|\"gaussian\"", "task_type|null", "qalora_group_size|16", "revision|\"main\""
            })
    void keysThatDoNotChangeTheMathematicsAreKept(String key, String json) throws IOException {
        try (PeftAdapterDir adapter = PeftAdapterDir.open(withKey(key, json))) {
            assertThat(adapter.config().other()).containsEntry(key, json);
            assertThat(JsonFiles.parse(AdapterConfigJson.write(adapter.config())).get(key))
                    .isEqualTo(JsonFiles.parse(json));
        }
    }

    @Test
    void allLinearMeansTheSevenProjections() throws IOException {
        try (PeftAdapterDir adapter = PeftAdapterDir.open(withKey("target_modules", "\"all-linear\""))) {
            assertThat(adapter.config().targetModules()).hasSize(7).contains("down_proj", "q_proj");
            assertThat(adapter.config().targets("lm_head")).isFalse();
        }
    }

    @Test
    void tensorsThatDisagreeWithTheConfigAreRefused() throws IOException {
        AdapterConfig config = AdapterConfig.lora(2, 4, 0, List.of("q_proj"));
        TensorStore.Entry a = fp32(AdapterKeys.loraA(Q), 2, 8);
        TensorStore.Entry b = fp32(AdapterKeys.loraB(Q), 8, 2);
        String other = "model.layers.0.mlp.up_proj";
        assertRefused(adapter(config, a), "1 lora_A, 0 lora_B");
        assertRefused(adapter(config, fp32(AdapterKeys.loraA(Q), 3, 8), b), Q, "[3, 8]", "[2, in]");
        assertRefused(adapter(config, a, b, fp32(AdapterKeys.magnitude(Q), 8)), "1 lora_magnitude_vector", "false");
        assertRefused(adapter(config.withVariants(false, true), a, b), "0 lora_magnitude_vector", "true");
        assertRefused(
                adapter(config, fp32(AdapterKeys.loraA(other), 2, 8), fp32(AdapterKeys.loraB(other), 8, 2)),
                other,
                "target_modules");
        assertRefused(adapter(config, a, b, fp32(AdapterKeys.saved("lm_head.weight"), 3, 8)), "lm_head.weight");
        assertRefused(adapter(config, a, b, fp32("model.norm.weight", 8)), "'model.norm.weight'");
        assertRefused(adapter(config, a, b, fp32(AdapterKeys.PREFIX + "x.lora_embedding_A", 8)), "lora_embedding_A");
    }

    private static void assertRefused(Path adapter, String... parts) {
        assertThatThrownBy(() -> PeftAdapterDir.open(adapter))
                .isInstanceOf(FileFormatException.class)
                .hasMessageContaining("adapter_model.safetensors")
                .hasMessageContainingAll(parts);
    }

    @Test
    void aDirectoryWithoutAnAdapterSaysWhatIsMissing() throws IOException {
        assertThatThrownBy(() -> PeftAdapterDir.open(parent))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("adapter_config.json", "adapter_model.bin");
    }

    @Test
    void namesGoBothWays() {
        assertThat(AdapterKeys.loraA(Q)).isEqualTo("base_model.model." + Q + ".lora_A.weight");
        assertThat(AdapterKeys.magnitude(Q)).isEqualTo("base_model.model." + Q + ".lora_magnitude_vector");
        assertThat(AdapterKeys.parse(AdapterKeys.loraA(Q)))
                .contains(new AdapterKeys.Parsed(AdapterKeys.Part.LORA_A, Q));
        assertThat(AdapterKeys.parse(AdapterKeys.loraB(Q)))
                .contains(new AdapterKeys.Parsed(AdapterKeys.Part.LORA_B, Q));
        assertThat(AdapterKeys.parse(AdapterKeys.magnitude(Q)))
                .contains(new AdapterKeys.Parsed(AdapterKeys.Part.MAGNITUDE, Q));
        assertThat(AdapterKeys.parse(AdapterKeys.saved("lm_head.weight")))
                .contains(new AdapterKeys.Parsed(AdapterKeys.Part.SAVED, "lm_head.weight"));
        assertThat(AdapterKeys.parse("model.norm.weight")).isEmpty();
    }
}

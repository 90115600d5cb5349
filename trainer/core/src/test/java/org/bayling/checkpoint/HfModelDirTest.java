package org.bayling.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.Shared;
import org.bayling.io.CorruptFileException;
import org.bayling.io.FaultPoint;
import org.bayling.io.UnsupportedFileException;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HfModelDirTest {
    private static final String CONFIG =
            "{\"z_custom\":{\"b\":1,\"a\":[1.5,null]},\"model_type\":\"llama\",\"dtype\":\"float32\","
                    + "\"architectures\":[\"LlamaForCausalLM\"],\"rms_norm_eps\":1e-05}";

    @TempDir
    Path parent;

    private static ObjectNode config() throws IOException {
        return (ObjectNode) JsonFiles.parse(CONFIG);
    }

    private static TensorStore.Entry matrix(String name, DType dtype, long rows) {
        return TensorStore.Entry.of(name, dtype, TensorShape.of(rows, 4));
    }

    /** Every byte of a tensor is the last letter of its name. */
    private static final TensorSource LETTERS = (tensor, sink) -> {
        byte[] bytes = new byte[(int) tensor.bytes()];
        Arrays.fill(bytes, (byte) tensor.name().charAt(tensor.name().length() - 1));
        sink.write(ByteBuffer.wrap(bytes));
    };

    private HfModelWriter writer(long maxShardBytes, SortedMap<String, byte[]> companions) throws IOException {
        List<TensorStore.Entry> tensors =
                List.of(matrix("t.c", DType.BF16, 2), matrix("t.a", DType.BF16, 3), matrix("t.b", DType.BF16, 1));
        ObjectNode generation = JsonFiles.newObject().put("eos_token_id", 2);
        return new HfModelWriter(config(), Optional.of(generation), companions, tensors, LETTERS, maxShardBytes);
    }

    @Test
    void aDirectoryComesBackWithShardsUnknownKeysAndCompanions() throws IOException {
        Path source = Files.createDirectories(parent.resolve("source/additional_chat_templates"));
        Files.writeString(source.resolve("tool_use.jinja"), "tool");
        source = source.getParent();
        for (String name : new String[] {"tokenizer.json", "LICENSE.txt", "chat_template.jinja", "train.py", "x.bin"}) {
            Files.writeString(source.resolve(name), name);
        }
        Path target = parent.resolve("out/model");
        SortedMap<String, byte[]> companions = new TreeMap<>();
        for (Map.Entry<String, Path> companion : HfModelDir.companionsIn(source).entrySet()) {
            companions.put(companion.getKey(), Files.readAllBytes(companion.getValue()));
        }
        writer(24, companions).publish(target, FaultPoint.NONE);

        try (HfModelDir model = HfModelDir.open(target)) {
            assertThat(model.config().toString())
                    .isEqualTo("{\"z_custom\":{\"b\":1,\"a\":[1.5,null]},\"model_type\":\"llama\","
                            + "\"architectures\":[\"LlamaForCausalLM\"],\"rms_norm_eps\":1.0E-5,"
                            + "\"torch_dtype\":\"bfloat16\"}");
            assertThat(model.generationConfig().orElseThrow().get("eos_token_id").intValue()).isEqualTo(2);
            assertThat(model.companions())
                    .containsOnlyKeys(
                            "tokenizer.json", "LICENSE.txt", "chat_template.jinja",
                            "additional_chat_templates/tool_use.jinja");
            assertThat(model.companions().get("additional_chat_templates/tool_use.jinja")).hasContent("tool");
            assertThat(((ShardedSafetensors) model.tensors()).shards())
                    .containsOnlyKeys(
                            "model-00001-of-00003.safetensors",
                            "model-00002-of-00003.safetensors",
                            "model-00003-of-00003.safetensors");
            for (String name : new String[] {"t.a", "t.b", "t.c"}) {
                assertThat(SafetensorsBytes.bytes(model.tensors(), name)).containsOnly(name.charAt(2));
            }
        }
        assertThat(target.resolve(HfModelDir.INDEX))
                .hasContent("""
                        {
                          "metadata": {
                            "total_parameters": 24,
                            "total_size": 48
                          },
                          "weight_map": {
                            "t.a": "model-00002-of-00003.safetensors",
                            "t.b": "model-00003-of-00003.safetensors",
                            "t.c": "model-00001-of-00003.safetensors"
                          }
                        }
                        """);
    }

    @Test
    void whatFitsInOneFileHasNoIndex() throws IOException {
        Path target = parent.resolve("model");
        writer(48, new TreeMap<>()).publish(target, FaultPoint.NONE);
        assertThat(target.toFile().list())
                .containsExactlyInAnyOrder("config.json", "generation_config.json", "model.safetensors");
        assertThatThrownBy(() -> writer(48, new TreeMap<>()).publish(target, FaultPoint.NONE))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aFailureWhileWritingLeavesNoDirectory() throws IOException {
        HfModelWriter writer = writer(1, new TreeMap<>());
        assertThatThrownBy(() -> writer.publish(parent.resolve("model"), (moment, path) -> {
                    if (moment == FaultPoint.Moment.BEFORE_RENAME) {
                        throw new IOException("disk gone");
                    }
                }))
                .hasMessage("disk gone");
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void modelsOfTheReferenceOpen() throws IOException {
        Path tiny = Shared.path("golden/tiny");
        try (HfModelDir sharded = HfModelDir.open(tiny.resolve("mha-untied"));
                ModelFiles single = ModelFiles.open(tiny.resolve("gqa-tied"))) {
            assertThat(sharded.tensors()).isInstanceOf(ShardedSafetensors.class);
            assertThat(sharded.tensors().names()).hasSize(30).contains("lm_head.weight");
            assertThat(single.tensors().names()).hasSize(29).doesNotContain("lm_head.weight");
            assertThat(single.config().get("model_type").textValue()).isEqualTo("llama");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model_type\":\"qwen2\",\"architectures\":[\"Qwen2ForCausalLM\"]}",
                "{\"model_type\":\"llama\",\"architectures\":[\"LlamaForSequenceClassification\"]}",
                "{\"model_type\":\"mistral\"}",
                "{\"hidden_size\":4}"
            })
    void otherArchitecturesAreRefusedByName(String config) throws IOException {
        Files.writeString(parent.resolve("config.json"), config);
        assertThatThrownBy(() -> HfModelDir.open(parent))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContainingAll("config.json", "model_type", "LlamaForCausalLM");
    }

    @Test
    void missingFilesAreNamedWithWhatWasLookedFor() throws IOException {
        assertThatThrownBy(() -> HfModelDir.open(parent.resolve("none"))).hasMessageContaining("no such directory");
        assertThatThrownBy(() -> HfModelDir.open(parent)).hasMessageContaining("config.json");
        Files.writeString(parent.resolve("config.json"), CONFIG);
        Files.writeString(parent.resolve("pytorch_model.bin"), "x");
        assertThatThrownBy(() -> HfModelDir.open(parent))
                .hasMessageContainingAll("model.safetensors", "never read", "pytorch_model.bin");
        Files.writeString(parent.resolve("config.json"), "{\"model_type\": \"llama\"");
        assertThatThrownBy(() -> HfModelDir.open(parent))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContainingAll("config.json", "line 1");
        Files.write(parent.resolve("config.json"), new byte[] {(byte) 0xc3, 0x28});
        assertThatThrownBy(() -> HfModelDir.open(parent)).hasMessageContaining("UTF-8");
    }
}

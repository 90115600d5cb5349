package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.checkpoint.TensorStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models in and out through the commands, against numbers of transformers and PEFT. */
class ModelFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"gqa-tied", "mha-untied"})
    void inspectGradientsEqualsTransformers(String variant) throws Exception {
        Path model = Shared.path("golden/tiny/" + variant);
        BuiltProduct.Result result = run(0, "inspect", "gradients", "--model", model.toString(), "--input",
                model.resolve("case.safetensors").toString(), "--output", "out.safetensors");
        JsonNode line = JSON.readTree(result.out());
        JsonNode golden = JSON.readTree(model.resolve("case.json").toFile());
        assertThat(line.path("trained_tokens")).isEqualTo(golden.path("trained_tokens"));
        assertThat(line.path("loss_sum").asDouble() / golden.path("loss_sum").asDouble() - 1).isBetween(-1e-5, 1e-5);
        compare(model.resolve("case.safetensors"), temp.resolve("out.safetensors"));
    }

    @Test
    void inspectGradientsOfAnAdapterAndOfPackedDocumentsEqualsPeftAndTransformers() throws Exception {
        Path adapter = Shared.path("golden/tiny/adapters/dora");
        Path base = Shared.path("golden/tiny/gqa-tied");
        run(0, "inspect", "gradients", "--model", base.toString(), "--adapter", adapter.resolve("adapter").toString(),
                "--input", adapter.resolve("case.safetensors").toString(), "--output", "out.safetensors");
        compare(adapter.resolve("case.safetensors"), temp.resolve("out.safetensors"));
        run(0, "inspect", "gradients", "--model", base.toString(), "--input",
                base.resolve("case.safetensors").toString(), "--output", "packed.safetensors", "--rows", "0",
                "--documents", "0,20,31");
        compare(base.resolve("packed.safetensors"), temp.resolve("packed.safetensors"));
    }

    @Test
    void inspectGradientsNamesARowThatIsNotThere() throws Exception {
        Path model = Shared.path("golden/tiny/gqa-tied");
        BuiltProduct.Result result = run(10, "inspect", "gradients", "--model", model.toString(), "--input",
                model.resolve("case.safetensors").toString(), "--output", "out.safetensors", "--rows", "7");
        assertThat(result.err()).contains("case.safetensors").contains("row 7");
        assertThat(temp.resolve("out.safetensors")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dora", "lora-qv-saved", "lora-patterns"})
    void mergeEqualsPeft(String kind) throws Exception {
        Path adapter = Shared.path("golden/tiny/adapters/" + kind);
        String base = JSON.readTree(adapter.resolve("case.json").toFile()).path("base").asText();
        run(0, "merge", "--model", Shared.path("golden/tiny/" + base).toString(), "--adapter",
                adapter.resolve("adapter").toString(), "--output", "merged", "--max-shard-size", "100KB");
        try (HfModelDir merged = HfModelDir.open(temp.resolve("merged"));
                SafetensorsFile golden = SafetensorsFile.open(adapter.resolve("merged.safetensors"))) {
            boolean tied = merged.config().path("tie_word_embeddings").asBoolean();
            assertThat(merged.tensors().names().contains("lm_head.weight")).as("tied tables once").isEqualTo(!tied);
            for (String name : golden.names()) {
                String found = tied && name.equals("lm_head.weight") ? "model.embed_tokens.weight" : name;
                assertThat(relativeError(golden, name, merged.tensors(), found)).as(name).isLessThan(1e-5);
            }
        }
    }

    @Test
    void anOutputThatIsThereIsReplacedOnlyWithForceAndOnlyWhenItIsAModel() throws Exception {
        String model = Shared.path("golden/tiny/gqa-tied").toString();
        run(0, "convert", "--model", model, "--output", "copy", "--dtype", "bf16");
        assertThat(run(10, "convert", "--model", model, "--output", "copy").err()).contains("--force");
        run(0, "convert", "--model", model, "--output", "copy", "--force");
        try (HfModelDir copy = HfModelDir.open(temp.resolve("copy"))) {
            assertThat(copy.tensors().entry("model.norm.weight").stored()).isEqualTo("F32");
        }
        Files.createDirectories(temp.resolve("precious"));
        assertThat(run(10, "convert", "--model", model, "--output", "precious", "--force").err())
                .contains("no model directory");
        try (var entries = Files.list(temp)) {
            assertThat(entries.map(entry -> entry.getFileName().toString())).containsOnly("copy", "precious");
        }
    }

    @Test
    void smolLm2FromGgufHasTheBytesAndTokenIdsOfTheReference() throws Exception {
        Path gguf = Shared.path("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        JsonNode golden = JSON.readTree(Shared.path("golden/smollm2/tensors.json").toFile());
        run(0, "convert", "--model", gguf.toString(), "--output", "hf", "--max-shard-size", "200MB");
        try (HfModelDir converted = HfModelDir.open(temp.resolve("hf"))) {
            assertThat(converted.companions()).containsKeys("tokenizer.json", "tokenizer_config.json", "chat_template.jinja");
            assertThat(converted.generationConfig()).isPresent();
            for (Map.Entry<String, JsonNode> tensor : golden.properties()) {
                assertThat(sha256(converted.tensors(), tensor.getKey()))
                        .as(tensor.getKey())
                        .isEqualTo(tensor.getValue().path("sha256_fp32_le").asText());
            }
        }
        String text = "\"Good morning, 你好 😀 <|im_end|>\"\n";
        List<String> ids = new ArrayList<>();
        for (String place : List.of(gguf.toString(), "hf")) {
            BuiltProduct.Result result =
                    BuiltProduct.in(temp).withInput(text).run("tokenizer", "encode", "--tokenizer", place);
            assertThat(result.exitCode()).as(result.toString()).isZero();
            ids.add(result.out());
        }
        assertThat(ids.get(1)).isEqualTo(ids.get(0)).startsWith("[");
    }

    private BuiltProduct.Result run(int exitCode, String... arguments) throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp).run(arguments);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        return result;
    }

    /** Logits and every gradient of the reference, and no others. */
    private static void compare(Path reference, Path found) throws IOException {
        try (SafetensorsFile golden = SafetensorsFile.open(reference);
                SafetensorsFile ours = SafetensorsFile.open(found)) {
            List<String> names = golden.names().stream()
                    .filter(name -> name.equals("logits") || name.startsWith("grad."))
                    .toList();
            assertThat(ours.names()).containsExactlyInAnyOrderElementsOf(names);
            for (String name : names) {
                assertThat(relativeError(golden, name, ours, name)).as(name).isLessThan(1e-5);
            }
        }
    }

    private static double relativeError(TensorStore golden, String name, TensorStore ours, String found)
            throws IOException {
        ByteBuffer wanted = fp32(golden, name);
        ByteBuffer actual = fp32(ours, found);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < wanted.limit(); i += 4) {
            difference += Math.pow((double) wanted.getFloat(i) - actual.getFloat(i), 2);
            norm += Math.pow(wanted.getFloat(i), 2);
        }
        return Math.sqrt(difference / norm);
    }

    private static ByteBuffer fp32(TensorStore store, String name) throws IOException {
        int bytes = Math.toIntExact(4 * store.entry(name).shape().elements());
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        store.readFp32(name, 0, buffer);
        return buffer;
    }

    private static String sha256(TensorStore store, String name) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(fp32(store, name));
        return HexFormat.of().formatHex(digest.digest());
    }
}

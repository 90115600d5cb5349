package org.bayling.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bayling.Shared;
import org.bayling.io.Checksum;
import org.bayling.io.CorruptFileException;
import org.bayling.io.UnsupportedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufModelTest {
    @TempDir
    Path directory;

    private JsonNode config(GgufBytes content) throws IOException {
        try (ModelFiles model = ModelFiles.open(Files.write(directory.resolve("case.gguf"), content.build()))) {
            return model.config();
        }
    }

    @Test
    void everyTensorOfSmolLm2HasTheBytesOfTheReference() throws IOException {
        Path file = Shared.path("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        JsonNode golden = JsonFiles.readObject(Shared.path("golden/smollm2/tensors.json"));
        try (ModelFiles model = ModelFiles.open(file)) {
            Set<String> expected = new HashSet<>();
            golden.fieldNames().forEachRemaining(expected::add);
            assertThat(model.tensors().names()).isEqualTo(expected);
            for (String name : expected) {
                TensorStore.Entry entry = model.tensors().entry(name);
                List<Long> shape = new ArrayList<>();
                golden.get(name).get("shape").forEach(extent -> shape.add(extent.longValue()));
                assertThat(entry.shape().extents()).as(name).isEqualTo(shape);
                ByteBuffer fp32 =
                        ByteBuffer.allocateDirect((int) (4 * entry.shape().elements())).order(ByteOrder.LITTLE_ENDIAN);
                model.tensors().readFp32(name, 0, fp32);
                Checksum checksum = new Checksum();
                checksum.update(fp32);
                assertThat(checksum.finish().sha256())
                        .as(name)
                        .isEqualTo(golden.get(name).get("sha256_fp32_le").textValue());
            }
        }
    }

    @Test
    void theConfigOfSmolLm2IsDerivedFromTheMetadata() throws IOException {
        Path file = Shared.path("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        try (ModelFiles model = ModelFiles.open(file)) {
            assertThat(model.config().toString())
                    .isEqualTo("{\"architectures\":[\"LlamaForCausalLM\"],\"model_type\":\"llama\","
                            + "\"torch_dtype\":\"float32\",\"vocab_size\":49152,\"hidden_size\":576,"
                            + "\"intermediate_size\":1536,\"num_hidden_layers\":30,\"num_attention_heads\":9,"
                            + "\"num_key_value_heads\":3,\"head_dim\":64,\"hidden_act\":\"silu\","
                            + "\"max_position_embeddings\":8192,\"rms_norm_eps\":1.0E-5,"
                            + "\"tie_word_embeddings\":true,\"attention_bias\":false,\"mlp_bias\":false,"
                            + "\"bos_token_id\":1,\"eos_token_id\":2,\"pad_token_id\":2,"
                            + "\"rope_theta\":100000.0,\"rope_scaling\":null}");
        }
    }

    @Test
    void headSizeBiasTyingAndEpsilonFollowFromTheFile() throws IOException {
        GgufBytes content = GgufBytes.llama();
        content.tensors.add(GgufBytes.fp32("output.weight", 32, 3));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_q.bias", 8));
        JsonNode config = config(content);
        assertThat(config.get("head_dim").intValue()).isEqualTo(4);
        assertThat(config.get("tie_word_embeddings").booleanValue()).isFalse();
        assertThat(config.get("attention_bias").booleanValue()).isTrue();
        assertThat(config.get("mlp_bias").booleanValue()).isFalse();
        assertThat(config.get("rms_norm_eps").doubleValue()).isEqualTo(1e-6);
        assertThat(config.get("rope_theta").doubleValue()).isEqualTo(10000);
        assertThat(config.has("bos_token_id")).isFalse();
    }

    @Test
    void linearAndYarnScalingAreTakenOverAndOtherTypesKeepTheirName() throws IOException {
        GgufBytes content = GgufBytes.llama();
        content.metadata.put("llama.rope.scaling.type", "linear");
        content.metadata.put("llama.rope.scaling.factor", 2.5f);
        assertThat(config(content).get("rope_scaling").toString())
                .isEqualTo("{\"rope_type\":\"linear\",\"factor\":2.5}");
        content.metadata.put("llama.rope.scaling.type", "yarn");
        content.metadata.put("llama.rope.scaling.original_context_length", 16);
        assertThat(config(content).get("rope_scaling").toString())
                .isEqualTo("{\"rope_type\":\"yarn\",\"factor\":2.5,\"original_max_position_embeddings\":16}");
        content.metadata.put("llama.rope.scaling.type", "longrope");
        assertThat(config(content).get("rope_scaling").get("rope_type").textValue()).isEqualTo("longrope");
        content.metadata.put("llama.rope.scaling.type", "none");
        content.metadata.remove("llama.rope.scaling.factor");
        assertThat(config(content).get("rope_scaling").isNull()).isTrue();
    }

    /** llama.cpp writes the divisors of the frequencies of Llama 3.1 (factor 8, original context 8192). */
    private static GgufBytes withLlama3Divisors(float damage) {
        GgufBytes content = GgufBytes.llama();
        content.metadata.put("llama.rope.freq_base", 500000f);
        content.metadata.put("llama.attention.key_length", 128);
        content.metadata.put("llama.attention.value_length", 128);
        ByteBuffer divisors = ByteBuffer.allocate(4 * 64).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 64; i++) {
            double wavelength = 2 * Math.PI * Math.pow(500000, i / 64.0);
            double smooth = Math.max(0, Math.min(1, (8192 / wavelength - 1) / 3));
            divisors.putFloat((float) (1 / ((1 - smooth) / 8 + smooth)) + (i == 30 ? damage : 0));
        }
        content.tensors.add(new GgufBytes.Tensor("rope_freqs.weight", 0, new long[] {64}, divisors.array()));
        return content;
    }

    @Test
    void llama3ScalingIsRecognisedByItsDivisorsAndOthersAreRefused() throws IOException {
        assertThat(config(withLlama3Divisors(0)).get("rope_scaling").toString())
                .isEqualTo("{\"rope_type\":\"llama3\",\"factor\":8.0,\"low_freq_factor\":1.0,"
                        + "\"high_freq_factor\":4.0,\"original_max_position_embeddings\":8192}");
        assertThatThrownBy(() -> config(withLlama3Divisors(0.01f)))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContainingAll("case.gguf", "rope_freqs.weight", "8192");
    }

    @Test
    void partialRotationMissingKeysAndWrongTypesAreRefusedByKey() {
        GgufBytes partial = GgufBytes.llama();
        partial.metadata.put("llama.rope.dimension_count", 2);
        assertThatThrownBy(() -> config(partial))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("rotated 2");
        GgufBytes missing = GgufBytes.llama();
        missing.metadata.remove("llama.feed_forward_length");
        assertThatThrownBy(() -> config(missing))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("llama.feed_forward_length");
        GgufBytes wrong = GgufBytes.llama();
        wrong.metadata.put("llama.block_count", "two");
        assertThatThrownBy(() -> config(wrong))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContainingAll("llama.block_count", "two");
    }

    @Test
    void whatIsNeitherADirectoryNorGgufIsNamed() throws IOException {
        Path text = Files.writeString(directory.resolve("model.bin"), "x");
        assertThatThrownBy(() -> ModelFiles.open(text)).hasMessageContainingAll("model.bin", "config.json", ".gguf");
        assertThatThrownBy(() -> ModelFiles.open(directory.resolve("none"))).hasMessageContaining("no such model");
    }
}

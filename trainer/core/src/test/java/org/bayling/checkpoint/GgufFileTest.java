package org.bayling.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bayling.io.CorruptFileException;
import org.bayling.io.FileFormatException;
import org.bayling.io.UnsupportedFileException;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {
    @TempDir
    Path directory;

    private GgufFile open(byte[] content) throws IOException {
        return GgufFile.open(Files.write(directory.resolve("case.gguf"), content));
    }

    private void assertRefused(Class<? extends FileFormatException> kind, byte[] content, String... parts) {
        assertThatThrownBy(() -> open(content).close())
                .isInstanceOf(kind)
                .hasMessageContainingAll("case.gguf", "found", "expected")
                .satisfies(error -> {
                    for (String part : parts) {
                        assertThat(error).hasMessageContaining(part);
                    }
                });
    }

    private static float[] floats(TensorStore store, String name) throws IOException {
        float[] values = new float[(int) store.entry(name).shape().elements()];
        ByteBuffer fp32 = ByteBuffer.allocateDirect(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        store.readFp32(name, 0, fp32);
        fp32.asFloatBuffer().get(values);
        return values;
    }

    @Test
    void everyTensorOfALlamaGetsItsHuggingFaceName() throws IOException {
        GgufBytes content = GgufBytes.llama();
        content.tensors.add(GgufBytes.fp32("output_norm.weight", 32));
        content.tensors.add(GgufBytes.fp32("output.weight", 32, 3));
        content.tensors.add(GgufBytes.fp32("rope_freqs.weight", 2));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_norm.weight", 32));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_q.weight", 32, 8));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_q.bias", 8));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_k.weight", 32, 4));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_v.weight", 32, 4));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_output.weight", 8, 32));
        content.tensors.add(GgufBytes.fp32("blk.0.ffn_norm.weight", 32));
        content.tensors.add(GgufBytes.fp32("blk.0.ffn_gate.weight", 32, 64));
        content.tensors.add(GgufBytes.fp32("blk.0.ffn_up.weight", 32, 64));
        content.tensors.add(GgufBytes.fp32("blk.0.ffn_down.weight", 64, 32));
        try (GgufFile file = open(content.build())) {
            assertThat(file.names())
                    .containsExactly(
                            "model.embed_tokens.weight",
                            "model.norm.weight",
                            "lm_head.weight",
                            "model.layers.0.input_layernorm.weight",
                            "model.layers.0.self_attn.q_proj.weight",
                            "model.layers.0.self_attn.q_proj.bias",
                            "model.layers.0.self_attn.k_proj.weight",
                            "model.layers.0.self_attn.v_proj.weight",
                            "model.layers.0.self_attn.o_proj.weight",
                            "model.layers.0.post_attention_layernorm.weight",
                            "model.layers.0.mlp.gate_proj.weight",
                            "model.layers.0.mlp.up_proj.weight",
                            "model.layers.0.mlp.down_proj.weight");
            assertThat(file.entry("model.layers.0.mlp.down_proj.weight").shape()).isEqualTo(TensorShape.of(32, 64));
            assertThat(file.entry("model.layers.0.mlp.down_proj.weight").plain()).isTrue();
        }
    }

    @Test
    void rowsOfQAndKComeBackIntoHalvesForEachHead() throws IOException {
        GgufBytes content = GgufBytes.llama();
        content.tensors.add(GgufBytes.fp32("blk.0.attn_q.weight", 32, 8));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_q.bias", 8));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_k.weight", 32, 4));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_v.weight", 32, 4));
        // Stored rows of a head: 0 and 1 are a pair, 2 and 3 are one; Hugging Face pairs 0 with 2 and 1 with 3.
        float[] storedRows = {0, 2, 1, 3, 4, 6, 5, 7};
        try (GgufFile file = open(content.build())) {
            assertThat(floats(file, "model.layers.0.self_attn.q_proj.bias")).isEqualTo(storedRows);
            float[] q = floats(file, "model.layers.0.self_attn.q_proj.weight");
            float[] k = floats(file, "model.layers.0.self_attn.k_proj.weight");
            float[] v = floats(file, "model.layers.0.self_attn.v_proj.weight");
            for (int row = 0; row < 8; row++) {
                assertThat(q[32 * row]).isEqualTo(32 * storedRows[row]);
                assertThat(q[32 * row + 31]).isEqualTo(32 * storedRows[row] + 31);
                if (row < 4) {
                    assertThat(k[32 * row]).isEqualTo(32 * storedRows[row]);
                    assertThat(v[32 * row]).isEqualTo(32 * row);
                }
            }
            assertThat(file.entry("model.layers.0.self_attn.q_proj.weight").plain()).isFalse();
            // Views and partial reads take the same way, from the middle of a row on.
            ByteBuffer view = file.view("model.layers.0.self_attn.q_proj.weight", 4 * 40, 4 * 60);
            ByteBuffer part = ByteBuffer.allocateDirect(4 * 60).order(ByteOrder.LITTLE_ENDIAN);
            file.readFp32("model.layers.0.self_attn.q_proj.weight", 40, part);
            for (int i = 0; i < 60; i++) {
                assertThat(view.getFloat(4 * i)).isEqualTo(q[40 + i]).isEqualTo(part.getFloat(4 * i));
            }
        }
    }

    @Test
    void halfTypesKeepTheirTypeAndQuantisedOnesReadAsFp32() throws IOException {
        GgufBytes content = GgufBytes.llama();
        byte[] q8 = new byte[34 * 3];
        for (int row = 0; row < 3; row++) {
            q8[34 * row + 1] = 0x3c;
            q8[34 * row + 2] = (byte) (row - 5);
        }
        content.tensors.set(0, new GgufBytes.Tensor("token_embd.weight", 8, new long[] {32, 3}, q8));
        content.tensors.add(
                new GgufBytes.Tensor("output.weight", 30, new long[] {1, 2}, new byte[] {(byte) 0x80, 0x3f, 0, 0x40}));
        try (GgufFile file = open(content.build())) {
            TensorStore.Entry embedding = file.entry("model.embed_tokens.weight");
            assertThat(embedding.dtype()).isEqualTo(DType.F32);
            assertThat(embedding.stored()).isEqualTo("Q8_0");
            float[] values = floats(file, "model.embed_tokens.weight");
            assertThat(new float[] {values[0], values[32], values[64], values[1]}).containsExactly(-5, -4, -3, 0);
            assertThat(file.view("model.embed_tokens.weight", 4 * 32, 4 * 32).getFloat()).isEqualTo(-4);
            assertThat(file.entry("lm_head.weight").dtype()).isEqualTo(DType.BF16);
            assertThat(floats(file, "lm_head.weight")).containsExactly(1, 2);
            ByteBuffer sixteen = ByteBuffer.allocateDirect(64).order(ByteOrder.LITTLE_ENDIAN);
            assertThatThrownBy(() -> file.readFp32("model.embed_tokens.weight", 16, sixteen))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("case.gguf", "'model.embed_tokens.weight'", "blocks of 32");
            assertThatThrownBy(() -> file.readFp32("model.embed_tokens.weight", 96, sixteen))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void metadataKeepsItsOrderAndTypes() throws IOException {
        GgufBytes content = GgufBytes.llama();
        content.metadata.put("tokenizer.ggml.tokens", List.of("a", "ä"));
        content.metadata.put("tokenizer.ggml.scores", List.of(-1.5f, 2f));
        content.metadata.put("tokenizer.ggml.add_bos_token", true);
        content.metadata.put("big", -5L);
        try (GgufFile file = open(content.build())) {
            assertThat(file.metadata()).containsEntry("tokenizer.ggml.tokens", List.of("a", "ä"));
            assertThat(file.metadata()).containsEntry("tokenizer.ggml.scores", List.of(-1.5f, 2f));
            assertThat(file.metadata()).containsEntry("tokenizer.ggml.add_bos_token", true);
            assertThat(file.metadata()).containsEntry("big", -5L).containsEntry("llama.block_count", 1L);
            assertThat(file.metadata().keySet().iterator().next()).isEqualTo("general.architecture");
        }
    }

    @Test
    void otherArchitecturesTensorsAndTypesAreRefusedByName() {
        GgufBytes other = GgufBytes.llama();
        other.metadata.put("general.architecture", "qwen2");
        assertRefused(UnsupportedFileException.class, other.build(), "qwen2", "llama");
        GgufBytes experts = GgufBytes.llama();
        experts.tensors.add(GgufBytes.fp32("blk.0.ffn_gate_inp.weight", 32, 8));
        assertRefused(UnsupportedFileException.class, experts.build(), "blk.0.ffn_gate_inp.weight");
        GgufBytes type = GgufBytes.llama();
        type.tensors.add(new GgufBytes.Tensor("output.weight", 23, new long[] {256, 1}, new byte[136]));
        assertRefused(UnsupportedFileException.class, type.build(), "IQ4_XS", "'output.weight'", "Q4_K");
        GgufBytes unknown = GgufBytes.llama();
        unknown.tensors.add(new GgufBytes.Tensor("output.weight", 99, new long[] {256, 1}, new byte[136]));
        assertRefused(CorruptFileException.class, unknown.build(), "type number 99");
    }

    @ParameterizedTest
    @CsvSource({
        "1, org.bayling.io.FileTooOldException",
        "4, org.bayling.io.FileTooNewException",
        "0, org.bayling.io.CorruptFileException",
        "50331648, org.bayling.io.UnsupportedFileException"
    })
    void otherVersionsAreRefusedByWhatTheyAre(int version, Class<? extends FileFormatException> kind) {
        GgufBytes content = GgufBytes.llama();
        content.version = version;
        assertRefused(kind, content.build());
    }

    @Test
    void versionTwoIsRead() throws IOException {
        GgufBytes content = GgufBytes.llama();
        content.version = 2;
        try (GgufFile file = open(content.build())) {
            assertThat(file.names()).hasSize(1);
        }
    }

    @Test
    void hugeCountsAndLengthsAreRefusedWithoutAllocatingThem() {
        byte[] valid = GgufBytes.llama().build();
        ByteBuffer tensors = ByteBuffer.wrap(valid.clone()).order(ByteOrder.LITTLE_ENDIAN).putLong(8, 1L << 60);
        assertRefused(CorruptFileException.class, tensors.array(), "number of tensors");
        ByteBuffer keys = ByteBuffer.wrap(valid.clone()).order(ByteOrder.LITTLE_ENDIAN).putLong(16, -1);
        assertRefused(CorruptFileException.class, keys.array(), "number of metadata keys");
        ByteBuffer string = ByteBuffer.wrap(valid.clone()).order(ByteOrder.LITTLE_ENDIAN).putLong(24, 1L << 40);
        assertRefused(CorruptFileException.class, string.array(), "length of metadata key 0");
        GgufBytes array = GgufBytes.llama();
        array.metadata.put("last", List.of(7L));
        byte[] content = array.build();
        int at = indexOf(content, "last") + 4 + 4 + 4;
        ByteBuffer elements = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(at, 1L << 33);
        assertRefused(CorruptFileException.class, elements.array(), "length of metadata key 'last'");
    }

    @Test
    void badOffsetsExtentsAndTrailingBytesAreRefused() {
        GgufBytes two = GgufBytes.llama();
        two.tensors.add(GgufBytes.fp32("output_norm.weight", 32));
        byte[] valid = two.build();
        int name = indexOf(valid, "output_norm.weight") + 18;
        ByteBuffer overlap = ByteBuffer.wrap(valid.clone()).order(ByteOrder.LITTLE_ENDIAN).putLong(name + 16, 32);
        assertRefused(CorruptFileException.class, overlap.array(), "offset of tensor 'output_norm.weight'", "384");
        ByteBuffer far = ByteBuffer.wrap(valid.clone()).order(ByteOrder.LITTLE_ENDIAN).putLong(name + 16, 1L << 62);
        assertRefused(CorruptFileException.class, far.array(), "offset of tensor 'output_norm.weight'");
        ByteBuffer huge = ByteBuffer.wrap(valid.clone()).order(ByteOrder.LITTLE_ENDIAN).putLong(name + 4, 1L << 62);
        assertRefused(CorruptFileException.class, huge.array(), "'output_norm.weight'");
        ByteBuffer empty = ByteBuffer.wrap(valid.clone()).order(ByteOrder.LITTLE_ENDIAN).putLong(name + 4, 0);
        assertRefused(CorruptFileException.class, empty.array(), "shape of tensor 'output_norm.weight'");
        assertRefused(CorruptFileException.class, Arrays.copyOf(valid, valid.length + 1), "after the last tensor");
        assertRefused(CorruptFileException.class, Arrays.copyOf(valid, valid.length - 1), "truncated");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 24, -32, 1L << 40})
    void anAlignmentThatIsNoSmallPowerOfTwoIsRefused(long alignment) {
        GgufBytes content = GgufBytes.llama();
        content.metadata.put("general.alignment", alignment);
        assertRefused(CorruptFileException.class, content.build(), "general.alignment");
    }

    @Test
    void aTensorAndAKeyOfTheSameNameTwiceAreRefused() {
        GgufBytes content = GgufBytes.llama();
        content.tensors.add(content.tensors.get(0));
        assertRefused(CorruptFileException.class, content.build(), "'token_embd.weight'", "unique");
    }

    @Test
    void headsThatDoNotDivideTheRowsAreRefused() {
        GgufBytes content = GgufBytes.llama();
        content.tensors.add(GgufBytes.fp32("blk.0.attn_q.weight", 32, 6));
        assertRefused(CorruptFileException.class, content.build(), "blk.0.attn_q.weight", "[6, 32]", "2 heads");
    }

    @Test
    void aDamagedFileIsRefusedOrReadableAndNothingElse() throws IOException {
        GgufBytes content = GgufBytes.llama();
        content.metadata.put("tokenizer.ggml.tokens", List.of("a", "b", "c"));
        content.tensors.add(GgufBytes.fp32("blk.0.attn_q.weight", 32, 8));
        byte[] valid = content.build();
        int header = indexOf(valid, "attn_q.weight") + 50;
        int refused = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = seed % 5 == 0 ? Arrays.copyOf(valid, random.nextInt(valid.length)) : valid.clone();
            for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(Math.min(header, damaged.length))] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(directory.resolve("case.gguf"), damaged);
            try (GgufModel model = GgufModel.open(directory.resolve("case.gguf"))) {
                for (String name : model.tensors().names()) {
                    floats(model.tensors(), name);
                }
            } catch (FileFormatException e) {
                refused++;
                assertThat(e).hasMessageContaining("case.gguf");
            }
        }
        assertThat(refused).isBetween(500, 999);
    }

    private static int indexOf(byte[] content, String text) {
        return new String(content, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}

package org.bayling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.HfModelWriter;
import org.bayling.checkpoint.TensorSource;
import org.bayling.checkpoint.TensorStore;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.FaultPoint;
import org.bayling.numeric.Bfloat16;
import org.bayling.numeric.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyExtensionTest {
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";
    private static final int WIDTH = 8;
    private static final int OLD_ROWS = 10;
    private static final List<int[]> OLD_PIECES = List.of(new int[] {3, 7, 3}, new int[] {9}, new int[] {0, 1, 2, 4, 5});

    @TempDir
    private Path temp;

    private HfModelDir model(boolean tied, DType dtype) throws IOException {
        ObjectNode config = (ObjectNode) new ObjectMapper().readTree("{\"architectures\":[\"LlamaForCausalLM\"],"
                + "\"model_type\":\"llama\",\"vocab_size\":10,\"hidden_size\":8,\"intermediate_size\":16,"
                + "\"num_hidden_layers\":1,\"num_attention_heads\":2,\"num_key_value_heads\":1,"
                + "\"rms_norm_eps\":1e-05,\"tie_word_embeddings\":" + tied + "}");
        List<TensorStore.Entry> tensors = new ArrayList<>();
        HfNames.tensors(LlamaConfig.of(config, "config.json"))
                .forEach((name, shape) -> tensors.add(TensorStore.Entry.of(name, dtype, shape)));
        Random random = new Random(7);
        TensorSource source = (tensor, sink) -> {
            ByteBuffer bytes = ByteBuffer.allocateDirect((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                float value = (float) random.nextGaussian();
                if (dtype == DType.F32) {
                    bytes.putFloat(value);
                } else {
                    bytes.putShort(Bfloat16.fromFloat(value));
                }
            }
            sink.write(bytes.flip());
        };
        Path target = temp.resolve("model");
        new HfModelWriter(config, Optional.empty(), new TreeMap<>(), tensors, source, 1 << 20)
                .publish(target, FaultPoint.NONE);
        return HfModelDir.open(target);
    }

    private HfModelDir extended(VocabularyExtension extension) throws IOException {
        Path target = temp.resolve("extended");
        try (AtomicDirectory directory = AtomicDirectory.create(target, FaultPoint.NONE)) {
            extension.writeInto(directory, new SideFiles(Optional.empty(), new TreeMap<>()), 1 << 20);
            directory.publish();
        }
        return HfModelDir.open(target);
    }

    private static float[] row(TensorStore store, String name, int row) throws IOException {
        ByteBuffer fp32 = ByteBuffer.allocateDirect(4 * WIDTH).order(ByteOrder.LITTLE_ENDIAN);
        store.readFp32(name, (long) row * WIDTH, fp32);
        float[] values = new float[WIDTH];
        fp32.asFloatBuffer().get(values);
        return values;
    }

    private static float[] mean(TensorStore store, String name, int[] rows, DType dtype) throws IOException {
        float[] mean = new float[WIDTH];
        for (int row : rows) {
            float[] values = row(store, name, row);
            for (int i = 0; i < WIDTH; i++) {
                mean[i] += values[i];
            }
        }
        for (int i = 0; i < WIDTH; i++) {
            mean[i] /= rows.length;
            mean[i] = dtype == DType.F32 ? mean[i] : Bfloat16.toFloat(Bfloat16.fromFloat(mean[i]));
        }
        return mean;
    }

    /** In the last case there are 6 ids and 10 rows: new rows take the place of rows that no token had. */
    @ParameterizedTest
    @CsvSource({"true, F32, 10, 13", "false, F32, 10, 13", "true, BF16, 10, 13", "false, BF16, 10, 13", "false, F32, 6, 10"})
    void newRowsAreTheMeansOfTheirOldPiecesAndAllElseStays(boolean tied, DType dtype, int firstId, int rows)
            throws IOException {
        List<int[]> oldPieces = firstId == 10 ? OLD_PIECES : List.of(new int[] {1, 5}, new int[] {2});
        try (HfModelDir before = model(tied, dtype);
                HfModelDir after = extended(new VocabularyExtension(before, firstId, oldPieces))) {
            assertThat(after.config().get("vocab_size").intValue()).isEqualTo(rows);
            assertThat(after.tensors().names()).containsExactlyElementsOf(before.tensors().names());
            for (String name : before.tensors().names()) {
                TensorStore.Entry old = before.tensors().entry(name);
                TensorStore.Entry now = after.tensors().entry(name);
                assertThat(now.dtype()).isEqualTo(dtype);
                if (!name.equals(EMBEDDING) && !name.equals(HEAD)) {
                    assertThat(now).isEqualTo(old);
                    assertThat(after.tensors().view(name, 0, (int) old.bytes()))
                            .isEqualTo(before.tensors().view(name, 0, (int) old.bytes()));
                    continue;
                }
                assertThat(now.shape().get(0)).isEqualTo(rows);
                for (int row = 0; row < rows; row++) {
                    boolean added = row >= firstId && row < firstId + oldPieces.size();
                    assertThat(row(after.tensors(), name, row)).as(name + " row " + row).isEqualTo(added
                            ? mean(before.tensors(), name, oldPieces.get(row - firstId), dtype)
                            : row(before.tensors(), name, row));
                }
            }
            assertThat(after.tensors().names().contains(HEAD)).isEqualTo(!tied);
        }
    }

    @Test
    void aTokenizerWithMoreIdsThanTheModelHasRowsIsRefused() throws IOException {
        try (HfModelDir model = model(true, DType.F32)) {
            assertThatThrownBy(() -> new VocabularyExtension(model, OLD_ROWS + 1, OLD_PIECES))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageContaining("the tokenizer has 11 ids, but the model's vocab_size is 10");
        }
    }
}

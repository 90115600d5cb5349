package org.bayling.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bayling.EngineTest;
import org.bayling.Shared;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.data.Batch;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the layers make of tokens, against transformers. */
class HiddenStatesTest extends EngineTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"gqa-tied", "mqa-headdim-bias"})
    void statesEqualTransformersFromTheEmbeddingToTheFinalNorm(String variant) throws IOException {
        Path directory = Shared.path("golden/tiny/" + variant);
        Path reference = directory.resolve("case.safetensors");
        try (HfModelDir files = HfModelDir.open(directory);
                LlamaModel model = TinyModels.base(kernels, files, ModelLoader.Trained.NOTHING);
                SafetensorsFile golden = SafetensorsFile.open(reference)) {
            HiddenStates states = new HiddenStates(kernels, model);
            Batch rows = Batches.of(GradientInspection.read(
                    reference, Optional.empty(), Optional.empty(), model.config().vocabSize()));
            float[][] found = new float[states.count()][];
            states.of(rows.tokens(), rows.starts(), (layer, hidden) -> found[layer] = hidden);
            assertThat(states.count()).isEqualTo(5);
            assertThat(Relative.error(found[0], TinyModels.floats(golden, "hidden.0"))).isLessThan(TOLERANCE);
            assertThat(Relative.error(found[1], TinyModels.floats(golden, "hidden.1"))).isLessThan(TOLERANCE);
            float[] head = TinyModels.floats(files.tensors(), headName(files));
            float[] logits = product(found[4], head, (int) model.config().hiddenSize());
            assertThat(Relative.error(logits, TinyModels.floats(golden, "logits"))).isLessThan(TOLERANCE);
            assertThat(Arrays.equals(found[3], found[4])).as("the norm changes what the last layer gives").isFalse();
        }
    }

    private static String headName(HfModelDir files) {
        return files.tensors().names().contains("lm_head.weight") ? "lm_head.weight" : "model.embed_tokens.weight";
    }

    /** x [T, H] by w' [H, V]. */
    private static float[] product(float[] x, float[] w, int width) {
        int rows = x.length / width;
        int columns = w.length / width;
        float[] product = new float[rows * columns];
        for (int t = 0; t < rows; t++) {
            for (int v = 0; v < columns; v++) {
                double sum = 0;
                for (int j = 0; j < width; j++) {
                    sum += (double) x[t * width + j] * w[v * width + j];
                }
                product[t * columns + v] = (float) sum;
            }
        }
        return product;
    }
}

package org.bayling.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.bayling.EngineTest;
import org.bayling.Shared;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.checkpoint.TensorStore;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logits, loss and every gradient of small random models against transformers and PEFT, in fp32. */
class TinyModelParityTest extends EngineTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @MethodSource("org.bayling.Shared#tinyModels")
    void logitsLossAndEveryGradientEqualTransformers(String variant) throws IOException {
        Path directory = Shared.path("golden/tiny/" + variant);
        JsonNode golden = TinyModels.json(directory.resolve("case.json"));
        try (HfModelDir files = HfModelDir.open(directory);
                LlamaModel model = TinyModels.base(kernels, files, ModelLoader.Trained.ALL);
                GradientInspection inspection = new GradientInspection(kernels, model)) {
            compare(model, inspection, directory.resolve("case.safetensors"), directory.resolve("case.safetensors"),
                    Optional.empty(), Optional.empty(), golden);
        }
    }

    @ParameterizedTest
    @MethodSource("org.bayling.Shared#tinyModels")
    void documentsPackedInARowEqualDocumentsComputedAlone(String variant) throws IOException {
        Path directory = Shared.path("golden/tiny/" + variant);
        JsonNode golden = TinyModels.json(directory.resolve("case.json")).get("packed");
        List<Integer> starts = new ArrayList<>();
        golden.get("document_starts").forEach(start -> starts.add(start.asInt()));
        try (HfModelDir files = HfModelDir.open(directory);
                LlamaModel model = TinyModels.base(kernels, files, ModelLoader.Trained.ALL);
                GradientInspection inspection = new GradientInspection(kernels, model)) {
            compare(model, inspection, directory.resolve("case.safetensors"), directory.resolve("packed.safetensors"),
                    Optional.of(new int[] {golden.get("row").asInt()}),
                    Optional.of(starts.stream().mapToInt(Integer::intValue).toArray()), golden);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "rslora", "dora", "lora-qv-saved", "lora-patterns"})
    void logitsLossAndAdapterGradientsEqualPeft(String kind) throws IOException {
        Path directory = Shared.path("golden/tiny/adapters/" + kind);
        JsonNode golden = TinyModels.json(directory.resolve("case.json"));
        Path base = Shared.path("golden/tiny/" + golden.get("base").asText());
        try (HfModelDir files = HfModelDir.open(base);
                PeftAdapterDir adapter = PeftAdapterDir.open(directory.resolve("adapter"));
                LlamaModel model = TinyModels.adapted(kernels, files, adapter);
                GradientInspection inspection = new GradientInspection(kernels, model)) {
            compare(model, inspection, directory.resolve("case.safetensors"), directory.resolve("case.safetensors"),
                    Optional.empty(), Optional.empty(), golden);
        }
    }

    private static void compare(
            LlamaModel model, GradientInspection inspection, Path input, Path reference, Optional<int[]> rows,
            Optional<int[]> documents, JsonNode golden)
            throws IOException {
        GradientInspection.Result result = inspection.run(
                GradientInspection.read(input, rows, documents, model.config().vocabSize()));
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(result.trainedTokens()).isEqualTo(golden.get("trained_tokens").asLong());
        softly.assertThat(Relative.error(result.lossSum(), golden.get("loss_sum").asDouble()))
                .as("loss sum").isLessThan(TOLERANCE);
        try (SafetensorsFile store = SafetensorsFile.open(reference)) {
            softly.assertThat(Relative.error(joined(result.logits()), TinyModels.floats(store, "logits")))
                    .as("logits").isLessThan(TOLERANCE);
            List<String> names = gradientNames(store);
            assertThat(result.gradients().keySet()).containsExactlyInAnyOrderElementsOf(names);
            for (String name : names) {
                softly.assertThat(Relative.error(
                                result.gradients().get(name), TinyModels.floats(store, "grad." + name)))
                        .as(name).isLessThan(TOLERANCE);
            }
        }
        softly.assertAll();
    }

    private static List<String> gradientNames(TensorStore store) {
        return store.names().stream().filter(name -> name.startsWith("grad.")).map(name -> name.substring(5)).toList();
    }

    private static float[] joined(List<float[]> rows) {
        int length = rows.stream().mapToInt(row -> row.length).sum();
        float[] all = new float[length];
        int at = 0;
        for (float[] row : rows) {
            System.arraycopy(row, 0, all, at, row.length);
            at += row.length;
        }
        return all;
    }
}

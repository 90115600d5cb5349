package org.bayling.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.SoftAssertions;
import org.bayling.EngineTest;
import org.bayling.Shared;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.config.MethodConfig;
import org.bayling.config.OptimizerConfig;
import org.bayling.data.Batch;
import org.bayling.distributed.SingleProcess;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.bayling.model.ModelPrecision;
import org.bayling.model.ModelSource;
import org.bayling.optim.AdamW;
import org.bayling.optim.LossScaler;
import org.junit.jupiter.api.Test;

/** A real model against transformers and PEFT: losses, logits, gradients, and eight steps of training. */
class SmolLm2ParityTest extends EngineTest {
    private static final String MODEL = "models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf";
    private static final double LOSS = 1e-5;
    private static final double LOGIT = 1e-4;
    private static final double GRADIENT = 1e-4;
    private static final double CURVE = 1e-4;

    @Test
    void lossesLogitsAndSampledGradientsOfSixExamplesEqualTransformers() throws IOException {
        JsonNode golden = TinyModels.json(Shared.path("golden/smollm2/sft.json"));
        SoftAssertions softly = new SoftAssertions();
        try (ModelSource source = ModelSource.open(Shared.path(MODEL));
                LlamaModel model = load(source, Optional.empty(), ModelLoader.Trained.ALL);
                GradientInspection inspection = new GradientInspection(kernels, model);
                SafetensorsFile logits = SafetensorsFile.open(Shared.path("golden/smollm2/logits.safetensors"))) {
            List<GradientInspection.InputRow> rows = rows(golden.get("examples"));
            for (int i = 0; i < rows.size(); i++) {
                GradientInspection.Result one = inspection.run(List.of(rows.get(i)));
                softly.assertThat(Relative.error(
                                one.lossSum(), golden.get("examples").get(i).get("loss_sum").asDouble()))
                        .as("loss of example " + i).isLessThan(LOSS);
                int tokens = rows.get(i).tokens().length;
                compareLogits(softly, one.logits().get(0), tokens - 1, logits, i + ".last");
                compareLogits(softly, one.logits().get(0), tokens / 2, logits, i + ".middle");
            }
            compareGradients(softly, inspection.run(rows), fp64("smollm2-gradients-fp64.json.gz"));
        }
        softly.assertAll();
    }

    @Test
    void lossAndSampledGradientsOfAnAdapterEqualPeft() throws IOException {
        JsonNode examples = TinyModels.json(Shared.path("golden/smollm2/sft.json")).get("examples");
        SoftAssertions softly = new SoftAssertions();
        try (ModelSource source = ModelSource.open(Shared.path(MODEL));
                PeftAdapterDir adapter = PeftAdapterDir.open(Shared.path("golden/smollm2/lora-random"));
                LlamaModel model = load(source, Optional.of(adapter), ModelLoader.Trained.ADAPTER);
                GradientInspection inspection = new GradientInspection(kernels, model)) {
            compareGradients(softly, inspection.run(rows(examples)), fp64("smollm2-lora-gradients-fp64.json.gz"));
        }
        softly.assertAll();
    }

    @Test
    void eightLoraStepsFollowPeft() throws IOException {
        try (ModelSource source = ModelSource.open(Shared.path(MODEL));
                PeftAdapterDir start = PeftAdapterDir.open(Shared.path("golden/smollm2/lora-start"));
                LlamaModel model = load(source, Optional.of(start), ModelLoader.Trained.ADAPTER)) {
            follow(model, "lora");
        }
    }

    @Test
    void eightFullStepsFollowTransformers() throws IOException {
        try (ModelSource source = ModelSource.open(Shared.path(MODEL));
                LlamaModel model = load(source, Optional.empty(), ModelLoader.Trained.ALL)) {
            follow(model, "full");
        }
    }

    private static LlamaModel load(ModelSource source, Optional<PeftAdapterDir> adapter, ModelLoader.Trained trained)
            throws IOException {
        return new ModelLoader(
                        kernels,
                        source.config(),
                        source.tensors(),
                        adapter.map(PeftAdapterDir::config),
                        adapter.map(PeftAdapterDir::tensors),
                        trained,
                        ModelPrecision.FP32,
                        0)
                .load();
    }

    private static void follow(LlamaModel model, String mode) throws IOException {
        JsonNode curves = TinyModels.json(Shared.path("golden/smollm2/curves.json"));
        List<GradientInspection.InputRow> rows = rows(curves.get("examples"));
        double rate = curves.get(mode).get("lr").asDouble();
        int batch = curves.get("batch").asInt();
        OptimizerConfig config = new OptimizerConfig(
                OptimizerConfig.Name.ADAMW, rate, OptimizerConfig.Scheduler.CONSTANT, 0, 0, 0, 0, 0.9, 0.999, 1e-8, 1.0, 3);
        SoftAssertions softly = new SoftAssertions();
        try (AdamW optimizer = new AdamW(kernels, model, config, 1);
                TrainStep step = new TrainStep(
                        kernels, model, optimizer, new LossScaler(false), new SingleProcess(),
                        new MethodConfig(Optional.empty(), 0), 0, config.maxGradNorm(), 0)) {
            JsonNode steps = curves.get(mode).get("steps");
            for (int i = 0; i < steps.size(); i++) {
                TrainStep.Outcome outcome =
                        step.run(List.of(Batches.of(rows.subList(i * batch, (i + 1) * batch))), rate, 1, false);
                JsonNode golden = steps.get(i);
                softly.assertThat(outcome.losses().trainedTokens()).isEqualTo(golden.get("trained_tokens").asLong());
                softly.assertThat(Relative.error(outcome.losses().loss(), golden.get("loss").asDouble()))
                        .as("loss of step " + i).isLessThan(CURVE);
                softly.assertThat(Relative.error(outcome.gradNorm(), golden.get("grad_norm").asDouble()))
                        .as("gradient norm of step " + i).isLessThan(CURVE);
            }
        }
        softly.assertAll();
    }

    private static void compareLogits(
            SoftAssertions softly, float[] logits, int position, SafetensorsFile golden, String name)
            throws IOException {
        float[] reference = TinyModels.floats(golden, name);
        double largest = 0;
        for (int v = 0; v < reference.length; v++) {
            largest = Math.max(largest, Math.abs(logits[position * reference.length + v] - reference[v]));
        }
        softly.assertThat(largest).as("logits " + name).isLessThan(LOGIT);
    }

    /**
     * The reference keeps element {@code i * every} of each flattened gradient, and its norm. The error of the whole
     * tensor is estimated from these elements: the norm of their differences over the norm that as many average elements
     * have. (Over their own norm a tensor would fail by the luck of drawing small elements.) The reference is
     * transformers in fp64: its fp32 gradients of this model are up to 5e-4 away from that.
     */
    private static void compareGradients(SoftAssertions softly, GradientInspection.Result result, JsonNode golden) {
        softly.assertThat(result.trainedTokens()).isEqualTo(golden.get("trained_tokens").asLong());
        softly.assertThat(Relative.error(result.lossSum(), golden.get("loss_sum").asDouble()))
                .as("loss sum").isLessThan(LOSS);
        assertThat(result.gradients().keySet()).containsAll(names(golden.get("gradients")));
        golden.get("gradients").properties().forEach(entry -> {
            float[] gradient = result.gradients().get(entry.getKey());
            JsonNode values = entry.getValue().get("values");
            float[] sampled = new float[values.size()];
            float[] reference = new float[values.size()];
            long every = entry.getValue().get("every").asLong();
            for (int i = 0; i < sampled.length; i++) {
                sampled[i] = gradient[Math.toIntExact(i * every)];
                reference[i] = (float) values.get(i).asDouble();
            }
            double norm = entry.getValue().get("norm").asDouble();
            double expected = norm * Math.sqrt((double) sampled.length / gradient.length);
            double difference = 0;
            for (int i = 0; i < sampled.length; i++) {
                difference += Math.pow((double) sampled[i] - reference[i], 2);
            }
            softly.assertThat(Math.sqrt(difference) / expected).as(entry.getKey()).isLessThan(GRADIENT);
            double squares = 0;
            for (float value : gradient) {
                squares += (double) value * value;
            }
            softly.assertThat(Relative.error(Math.sqrt(squares), norm))
                    .as("norm of " + entry.getKey()).isLessThan(GRADIENT);
        });
    }

    private static JsonNode fp64(String resource) throws IOException {
        try (InputStream in = new GZIPInputStream(SmolLm2ParityTest.class.getResourceAsStream(resource))) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<GradientInspection.InputRow> rows(JsonNode examples) {
        List<GradientInspection.InputRow> rows = new ArrayList<>();
        for (JsonNode example : examples) {
            int[] tokens = ints(example.get("input_ids"));
            rows.add(new GradientInspection.InputRow(
                    tokens, ints(example.get("labels")), new int[] {0, tokens.length}));
        }
        return rows;
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        Arrays.setAll(values, i -> array.get(i).asInt());
        return values;
    }
}

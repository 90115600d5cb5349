package org.bayling.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.bayling.EngineTest;
import org.bayling.Shared;
import org.bayling.generate.BeamSettings.EarlyStopping;
import org.bayling.model.ModelPrecision;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beams equal those of transformers, token for token. */
class BeamSearchTest extends EngineTest {
    private static final GenerationSettings FIVE =
            GenerationSettings.defaults().withBeams(new BeamSettings(5, 1, EarlyStopping.FALSE));

    @ParameterizedTest
    @MethodSource("org.bayling.Shared#tinyModels")
    void fiveBeamsOfTinyModelsEqualTransformers(String variant) throws IOException {
        JsonNode golden = TinyGeneration.json("golden/tiny/" + variant + "/case.json");
        int[] prompt = TinyGeneration.ids(golden.get("greedy").get("prompt"));
        int[] best = TinyGeneration.ids(golden.get("beam5").get("new"));
        try (TinyGeneration tiny = TinyGeneration.open(kernels, variant);
                BatchGenerator generator = generator(tiny)) {
            GenerationSettings settings = FIVE.withMaxNewTokens(best.length);
            assertThat(generator.run(List.of(GenerationRequest.of(prompt)), settings, StopRule.of()).get(0).ids())
                    .containsExactly(best);
        }
    }

    @Test
    void fiveBeamsOfSmolLm2EqualTransformersInABatch() throws IOException {
        JsonNode golden = TinyGeneration.json("golden/smollm2/generation.json");
        List<GenerationRequest> requests = new ArrayList<>();
        golden.forEach(item -> requests.add(GenerationRequest.of(TinyGeneration.ids(item.get("prompt_ids")))));
        SoftAssertions softly = new SoftAssertions();
        try (TinyGeneration real = TinyGeneration.open(
                        kernels,
                        Shared.path("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf"),
                        ModelPrecision.FP32,
                        Optional.empty());
                BatchGenerator generator = generator(real)) {
            StopRule stop = new StopRule(new HashSet<>(real.model().config().eosTokenIds()));
            List<GenerationResult> results = generator.run(requests, FIVE.withMaxNewTokens(24), stop);
            for (int i = 0; i < results.size(); i++) {
                softly.assertThat(results.get(i).ids())
                        .as(golden.get(i).get("prompt").asText())
                        .containsExactly(TinyGeneration.ids(golden.get(i).get("beam5")));
            }
        }
        softly.assertAll();
    }

    /** The numbers were made by transformers 5.24 from the reference models, with its names for the settings. */
    @ParameterizedTest
    @ValueSource(strings = {"gqa-tied", "mha-untied"})
    void lengthPenaltyEarlyStoppingAndNgramsActAsInTransformers(String variant) throws IOException {
        JsonNode cases;
        try (InputStream in = BeamSearchTest.class.getResourceAsStream("beams.json")) {
            cases = new ObjectMapper().readTree(in);
        }
        SoftAssertions softly = new SoftAssertions();
        try (TinyGeneration tiny = TinyGeneration.open(kernels, variant);
                BatchGenerator generator = generator(tiny)) {
            for (JsonNode expected : cases) {
                if (expected.get("model").asText().equals(variant)) {
                    int[] prompt = TinyGeneration.ids(expected.get("prompt"));
                    List<int[]> found = new ArrayList<>();
                    generator.run(
                            List.of(GenerationRequest.of(prompt)),
                            settings(expected.get("settings")),
                            StopRule.of(TinyGeneration.ids(expected.get("eos"))),
                            (index, results) -> results.forEach(result -> found.add(result.ids())),
                            TaskProgress.silent());
                    List<int[]> sequences = new ArrayList<>();
                    expected.get("sequences").forEach(ids -> sequences.add(TinyGeneration.ids(ids)));
                    softly.assertThat(found).as(expected.toString()).containsExactlyElementsOf(sequences);
                }
            }
        }
        softly.assertAll();
    }

    private static GenerationSettings settings(JsonNode json) {
        EarlyStopping early = json.get("early_stopping").isTextual()
                ? EarlyStopping.NEVER
                : json.get("early_stopping").asBoolean() ? EarlyStopping.TRUE : EarlyStopping.FALSE;
        return GenerationSettings.defaults()
                .withMaxNewTokens(json.get("max_new_tokens").asInt())
                .withBeams(new BeamSettings(
                        json.get("num_beams").asInt(), json.get("length_penalty").asDouble(), early))
                .withNumReturnSequences(json.get("num_return_sequences").asInt())
                .withNoRepeatNgramSize(json.get("no_repeat_ngram_size").asInt())
                .withRepetitionPenalty(json.get("repetition_penalty").asDouble());
    }

    private static BatchGenerator generator(TinyGeneration model) {
        return new BatchGenerator(kernels, model.model(), Optional.empty(), Generator.DEFAULT_CACHE_BYTES);
    }
}

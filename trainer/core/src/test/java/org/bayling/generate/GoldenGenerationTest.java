package org.bayling.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.bayling.EngineTest;
import org.bayling.Shared;
import org.bayling.model.ModelPrecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Continuations equal those of transformers, token for token. */
class GoldenGenerationTest extends EngineTest {
    private static final double LEAST_MARGIN = 1e-3;

    @ParameterizedTest
    @MethodSource("org.bayling.Shared#tinyModels")
    void greedyTokensOfTinyModelsEqualTransformers(String variant) throws IOException {
        JsonNode golden = TinyGeneration.json("golden/tiny/" + variant + "/case.json");
        int[] prompt = TinyGeneration.ids(golden.get("greedy").get("prompt"));
        int[] greedy = TinyGeneration.ids(golden.get("greedy").get("new"));
        int[] penalised = TinyGeneration.ids(golden.get("greedy_repetition_penalty_1.3").get("new"));
        GenerationSettings settings = GenerationSettings.defaults();
        try (TinyGeneration tiny = TinyGeneration.open(kernels, variant);
                Generator generator = generator(tiny)) {
            StopRule stop = StopRule.of(); // the reference went on behind EOS
            assertThat(generator.generate(
                            prompt, settings.withMaxNewTokens(greedy.length), stop, TokenListener.NONE).ids())
                    .containsExactly(greedy);
            assertThat(generator.generate(
                            prompt,
                            settings.withMaxNewTokens(penalised.length).withRepetitionPenalty(1.3),
                            stop,
                            TokenListener.NONE).ids())
                    .containsExactly(penalised);
        }
    }

    @Test
    void tokensOfSmolLm2EqualTransformersAndAreTheSameHoweverManyRunTogether() throws IOException {
        JsonNode golden = TinyGeneration.json("golden/smollm2/generation.json");
        List<GenerationRequest> requests = new ArrayList<>();
        golden.forEach(item -> requests.add(GenerationRequest.of(TinyGeneration.ids(item.get("prompt_ids")))));
        GenerationSettings greedy = GenerationSettings.defaults().withMaxNewTokens(40);
        SoftAssertions softly = new SoftAssertions();
        try (TinyGeneration real = TinyGeneration.open(
                kernels,
                Shared.path("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf"),
                ModelPrecision.FP32,
                Optional.empty())) {
            StopRule stop = new StopRule(new HashSet<>(real.model().config().eosTokenIds()));
            List<int[]> alone = answers(real, 1, requests, greedy, stop);
            for (int together : new int[] {2, 5, 64}) {
                softly.assertThat(answers(real, together, requests, greedy, stop))
                        .as("%d at a time", together)
                        .containsExactlyElementsOf(alone);
            }
            List<int[]> penalised = answers(
                    real, 64, requests, greedy.withMaxNewTokens(24).withRepetitionPenalty(1.2), stop);
            int compared = 0;
            for (int i = 0; i < golden.size(); i++) {
                if (golden.get(i).get("smallest_greedy_margin").asDouble() > LEAST_MARGIN) {
                    softly.assertThat(alone.get(i)).containsExactly(TinyGeneration.ids(golden.get(i).get("greedy")));
                    softly.assertThat(penalised.get(i))
                            .as(golden.get(i).get("prompt").asText())
                            .containsExactly(TinyGeneration.ids(golden.get(i).get("greedy_repetition_penalty_1.2")));
                    compared++;
                }
            }
            softly.assertThat(compared).isPositive();
        }
        softly.assertAll();
    }

    private static List<int[]> answers(
            TinyGeneration model,
            int together,
            List<GenerationRequest> requests,
            GenerationSettings settings,
            StopRule stop) {
        Decoder decoder = new Decoder(kernels, model.model(), Generator.DEFAULT_CACHE_BYTES);
        try (BatchGenerator generator = new BatchGenerator(decoder, Optional.empty(), together)) {
            return generator.run(requests, settings, stop).stream()
                    .map(GenerationResult::ids)
                    .toList();
        }
    }

    private static Generator generator(TinyGeneration tiny) {
        return new Generator(
                new Decoder(kernels, tiny.model(), Generator.DEFAULT_CACHE_BYTES), Optional.empty());
    }
}

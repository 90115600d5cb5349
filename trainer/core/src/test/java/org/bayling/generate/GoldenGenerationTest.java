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
    void tokensOfSmolLm2EqualTransformersPenalisedAloneAndGreedyInABatch() throws IOException {
        JsonNode golden = TinyGeneration.json("golden/smollm2/generation.json");
        List<int[]> prompts = new ArrayList<>();
        List<int[]> greedy = new ArrayList<>();
        SoftAssertions softly = new SoftAssertions();
        try (TinyGeneration real = TinyGeneration.open(
                        kernels,
                        Shared.path("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf"),
                        ModelPrecision.FP32,
                        Optional.empty());
                Generator generator = generator(real)) {
            StopRule stop = new StopRule(new HashSet<>(real.model().config().eosTokenIds()));
            for (JsonNode item : golden) {
                if (item.get("smallest_greedy_margin").asDouble() <= LEAST_MARGIN) {
                    continue;
                }
                int[] prompt = TinyGeneration.ids(item.get("prompt_ids"));
                prompts.add(prompt);
                greedy.add(TinyGeneration.ids(item.get("greedy")));
                int[] penalised = TinyGeneration.ids(item.get("greedy_repetition_penalty_1.2"));
                softly.assertThat(generator.generate(
                                prompt,
                                GenerationSettings.defaults()
                                        .withMaxNewTokens(penalised.length)
                                        .withRepetitionPenalty(1.2),
                                stop,
                                TokenListener.NONE).ids())
                        .as(item.get("prompt").asText())
                        .containsExactly(penalised);
            }
            assertThat(prompts).isNotEmpty();
            int longest = greedy.stream().mapToInt(ids -> ids.length).max().orElseThrow();
            GenerationSettings settings = GenerationSettings.defaults().withMaxNewTokens(longest);
            List<GenerationRequest> requests =
                    prompts.stream().map(GenerationRequest::of).toList();
            try (BatchGenerator together = new BatchGenerator(
                    kernels, real.model(), Optional.empty(), Generator.DEFAULT_CACHE_BYTES)) {
                List<GenerationResult> batch = together.run(requests, settings, stop);
                for (int i = 0; i < prompts.size(); i++) {
                    softly.assertThat(batch.get(i).ids()).startsWith(greedy.get(i));
                }
            }
        }
        softly.assertAll();
    }

    private static Generator generator(TinyGeneration tiny) {
        return new Generator(
                new Decoder(kernels, tiny.model(), Generator.DEFAULT_CACHE_BYTES), Optional.empty());
    }
}

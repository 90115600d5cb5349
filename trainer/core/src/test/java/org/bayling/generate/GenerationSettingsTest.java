package org.bayling.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationSettingsTest {
    private static GenerationSettings read(String json) throws IOException {
        return GenerationSettings.of(
                Optional.of((ObjectNode) new ObjectMapper().readTree(json)), "m/generation_config.json");
    }

    @Test
    void aModelsRecommendationsAreTakenOver() throws IOException {
        GenerationSettings settings = read("""
                {"do_sample": true, "temperature": 0.6, "top_p": 0.9, "top_k": null, "eos_token_id": [1, 2],
                 "repetition_penalty": 1.1, "stop_strings": "END", "transformers_version": "4.40"}""");
        assertThat(settings).isEqualTo(GenerationSettings.defaults()
                .withSampling(new SamplingSettings(true, 0.6, 50, 0.9, 0))
                .withRepetitionPenalty(1.1)
                .withStopStrings(List.of("END")));
    }

    @Test
    void withoutAFileTheDefaultsOfTransformersHold() {
        assertThat(GenerationSettings.of(Optional.empty(), "")).isEqualTo(GenerationSettings.defaults());
    }

    @Test
    void aWrongTypeIsNamedWithFileAndKey() {
        assertThatThrownBy(() -> read("{\"top_p\": \"high\"}"))
                .hasMessage("m/generation_config.json: top_p must be a number, found \"high\"");
    }

    @Test
    void aValueOutOfRangeIsNamedWithTheFile() {
        assertThatThrownBy(() -> read("{\"top_p\": 1.5}"))
                .hasMessage("m/generation_config.json: top_p is 1.5, but must be above 0 and at most 1 (off)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 1, 1, max_new_tokens is 0",
        "1, 0, 0, 1, 1, temperature is 0.0",
        "1, 1, -1, 1, 1, top_k is -1",
        "1, 1, 0, 0, 1, top_p is 0.0",
        "1, 1, 0, 1, 0, repetition_penalty is 0.0"
    })
    void settingsOutOfRangeAreRefused(
            int tokens, double temperature, int topK, double topP, double penalty, String message) {
        assertThatThrownBy(() -> GenerationSettings.defaults()
                        .withMaxNewTokens(tokens)
                        .withSampling(new SamplingSettings(true, temperature, topK, topP, 0))
                        .withRepetitionPenalty(penalty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}

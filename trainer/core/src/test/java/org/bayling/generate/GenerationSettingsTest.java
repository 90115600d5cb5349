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
    void beamsAndNgramsAreTakenOverAndBeamsGiveWayToSampling() throws IOException {
        String beams = "\"num_beams\": 4, \"length_penalty\": 0.5, \"early_stopping\": \"never\"";
        GenerationSettings settings = read("{" + beams + ", \"num_return_sequences\": 2, \"no_repeat_ngram_size\": 3}");
        assertThat(settings)
                .isEqualTo(GenerationSettings.defaults()
                        .withBeams(new BeamSettings(4, 0.5, BeamSettings.EarlyStopping.NEVER))
                        .withNumReturnSequences(2)
                        .withNoRepeatNgramSize(3));
        assertThat(read("{\"do_sample\": true, " + beams + "}").beams()).isEqualTo(BeamSettings.NONE);
        assertThatThrownBy(() -> read("{\"early_stopping\": \"soon\"}"))
                .hasMessage("m/generation_config.json: early_stopping must be true, false or \"never\","
                        + " found \"soon\"");
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        GenerationSettings defaults = GenerationSettings.defaults();
        assertThatThrownBy(() -> defaults.withNumReturnSequences(2))
                .hasMessage("num_return_sequences is 2, but must be at most num_beams (1) while do_sample is false");
        BeamSettings four = BeamSettings.NONE.withNumBeams(4);
        assertThatThrownBy(() -> defaults.withBeams(four).withSampling(SamplingSettings.GREEDY.withDoSample(true)))
                .hasMessage("num_beams is 4, but must be 1 while do_sample is true: beams are searched, not drawn");
        assertThatThrownBy(() -> BeamSettings.NONE.withNumBeams(0)).hasMessageContaining("num_beams is 0");
        assertThatThrownBy(() -> defaults.withNoRepeatNgramSize(-1)).hasMessageContaining("no_repeat_ngram_size is -1");
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

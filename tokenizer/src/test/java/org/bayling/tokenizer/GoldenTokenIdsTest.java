package org.bayling.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenTokenIdsTest {
    private static final String GOLDEN = "golden/text/token-ids.jsonl.gz";

    @ParameterizedTest
    @ValueSource(strings = {"llama-2", "llama-3", "smollm2"})
    void idsAndDecodingsOfEveryTextAreHuggingFaces(String name) throws IOException {
        List<JsonNode> rows = Shared.gzippedLines(GOLDEN);
        List<String> wrong = new ArrayList<>();
        try (Tokenizer tokenizer = Shared.named(name)) {
            for (JsonNode row : rows) {
                int[] expected = Shared.ints(row.path("ids").path(name));
                int[] ids = tokenizer.encode(row.path("text").asText(), false);
                if (!Arrays.equals(ids, expected)) {
                    wrong.add(row.path("key").asText() + " ids");
                }
                if (!tokenizer.decode(expected, false).equals(row.path("decoded").path(name).asText())) {
                    wrong.add(row.path("key").asText() + " decoding");
                }
            }
        }
        assertThat(rows).hasSize(576);
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-2", "llama-3", "smollm2"})
    void ordinaryEncodingDiffersFromThePlainOneOnlyWhereAControlStringIs(String name) throws IOException {
        try (Tokenizer tokenizer = Shared.named(name)) {
            List<String> texts = new ArrayList<>();
            for (JsonNode row : Shared.gzippedLines(GOLDEN)) {
                texts.add(row.path("text").asText());
            }
            int[][] batch = tokenizer.encodeOrdinary(texts);
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i);
                boolean control = tokenizer.controls().next(text, 0, text.length()).isPresent();
                assertThat(batch[i]).isEqualTo(tokenizer.encodeOrdinary(text));
                if (control) {
                    Set<Integer> ids = new HashSet<>();
                    for (int id : batch[i]) {
                        ids.add(id);
                    }
                    assertThat(ids).doesNotContainAnyElementsOf(tokenizer.controlIds());
                    assertThat(tokenizer.decode(batch[i], false)).isEqualTo(text);
                } else {
                    assertThat(batch[i]).isEqualTo(tokenizer.encode(text, false));
                }
            }
        }
    }

    @Test
    void mergesDerivedFromSentencePieceScoresGiveTheSameIdsAsTheConvertedFile() throws IOException {
        Map<String, Object> metadata = new HashMap<>();
        try (Tokenizer original = Shared.named("llama-2")) {
            List<String> tokens = new ArrayList<>();
            float[] scores = new float[original.vocabularySize()];
            int[] types = new int[original.vocabularySize()];
            for (int id = 0; id < scores.length; id++) {
                tokens.add(original.token(id).orElseThrow());
                // As in the model file: runs of spaces are merged last of all.
                boolean spaces = id >= 259 && tokens.get(id).matches("▁▁+");
                scores[id] = id < 259 ? 0 : spaces ? -1_000_000 - id : 259 - id;
                types[id] = id == 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1;
            }
            metadata.put("tokenizer.ggml.model", "llama");
            metadata.put("tokenizer.ggml.tokens", tokens);
            metadata.put("tokenizer.ggml.scores", scores);
            metadata.put("tokenizer.ggml.token_type", types);
            metadata.put("tokenizer.ggml.bos_token_id", 1L);
            metadata.put("tokenizer.ggml.eos_token_id", 2L);
            metadata.put("tokenizer.ggml.unknown_token_id", 0L);
            try (Tokenizer derived = GgufTokenizer.from(metadata)) {
                for (JsonNode row : Shared.gzippedLines(GOLDEN)) {
                    String text = row.path("text").asText();
                    assertThat(derived.encode(text, true)).as(text).isEqualTo(original.encode(text, true));
                }
            }
        }
    }
}

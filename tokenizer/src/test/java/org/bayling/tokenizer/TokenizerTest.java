package org.bayling.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    private static final String CONTROL = "{\"id\":8,\"content\":\"<s>\",\"special\":true,\"single_word\":false,"
            + "\"lstrip\":false,\"rstrip\":false,\"normalized\":false}";
    private static final String WORD = CONTROL.replace("8", "9").replace("<s>", "<w>").replace("true", "false");
    private static final String JSON = "{\"version\":\"1.0\",\"decoder\":{\"type\":\"Fuse\"},\"truncation\":"
            + "{\"max_length\":2,\"strategy\":\"LongestFirst\",\"stride\":0,\"direction\":\"Right\"},"
            + "\"added_tokens\":[" + CONTROL + "," + WORD + "],\"model\":{\"type\":\"BPE\","
            + "\"vocab\":{\"<\":0,\"s\":1,\">\":2,\"<s\":3,\"</s>\":4,\"/\":5,\"</\":6,\"</s\":7},"
            + "\"merges\":[\"< s\",\"< /\",\"</ s\",\"</s >\"]}}";

    private static byte[] dense() {
        return JSON.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsTruncatedWhateverTheFileAsksFor() {
        try (Tokenizer tokenizer = Tokenizer.of(dense(), TokenizerConfig.empty())) {
            assertThat(tokenizer.encode("s".repeat(10_000), false)).hasSize(10_000);
        }
    }

    @Test
    void aControlTokenInsideOfTheVocabularyIsNotReachedByOrdinaryText() {
        byte[] config = "{\"eos_token\":\"</s>\"}".getBytes(StandardCharsets.UTF_8);
        try (Tokenizer tokenizer = Tokenizer.of(dense(), TokenizerConfig.parse(config, "c"))) {
            int eos = tokenizer.eosId().orElseThrow();
            assertThat(tokenizer.encode("</s>", false)).containsExactly(eos);
            int[] ordinary = tokenizer.encodeOrdinary("</s>");
            assertThat(ordinary).doesNotContain(eos);
            assertThat(tokenizer.decode(ordinary, false)).isEqualTo("</s>");
            assertThat(tokenizer.encodeOrdinary("<w>")).containsExactly(tokenizer.id("<w>").orElseThrow());
            assertThat(tokenizer.controlIds()).contains(eos).doesNotContain(tokenizer.id("<w>").orElseThrow());
        }
    }

    @Test
    void textThatSpellsThePlaceholderOfAControlTokenStaysText() throws IOException {
        try (Tokenizer tokenizer = Shared.smolLm2()) {
            String hostile = "\ufdd0".repeat(16) + "2\ufdd1" + "\ufdd0".repeat(17) + "2\ufdd1";
            int[] ids = tokenizer.encodeOrdinary(hostile);
            assertThat(Arrays.stream(ids)).noneMatch(tokenizer.controlIds()::contains);
            assertThat(tokenizer.decode(ids, false)).isEqualTo(hostile);
        }
    }

    @Test
    void loneSurrogatesAreRefusedWithTheirIndexAndNothingElseIs() throws IOException {
        try (Tokenizer tokenizer = Shared.smolLm2()) {
            assertThatThrownBy(() -> tokenizer.encode("😀 a\ud83d b", false))
                    .isInstanceOf(MalformedTextException.class)
                    .hasMessageContaining("index 4");
            assertThat(Tokenizer.wellFormed("a\ude00")).isFalse();
            assertThat(Tokenizer.wellFormed("😀\u0000")).isTrue();
            assertThat(tokenizer.decode(tokenizer.encode("😀\u0000", false), false)).isEqualTo("😀\u0000");
        }
    }

    @Test
    void idsOutsideOfTheVocabularyAreRefused() throws IOException {
        try (Tokenizer tokenizer = Shared.smolLm2()) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(49152);
            assertThatThrownBy(() -> tokenizer.decode(new int[] {1, 49152}, false)).hasMessageContaining("49152");
            assertThatThrownBy(() -> tokenizer.decode(new int[] {-1}, false)).hasMessageContaining("position 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-2", "smollm2"})
    void aStreamGivesTheWholeTextAndNeverHalfACharacter(String name) throws IOException {
        try (Tokenizer tokenizer = Shared.named(name)) {
            String text = "Hello there,  你好 👩‍👩‍👧 Ａ　Ｂ naïve\n  ᠮᠣᠩᠭᠣᠯ 𐍈 end ";
            int[] ids = tokenizer.encode(text, false);
            TextStream stream = tokenizer.stream(true);
            StringBuilder shown = new StringBuilder();
            int pieces = 0;
            for (int id : ids) {
                String piece = stream.push(id);
                assertThat(piece).doesNotContain("\ufffd");
                assertThat(Tokenizer.wellFormed(piece)).isTrue();
                pieces += piece.isEmpty() ? 0 : 1;
                shown.append(piece);
            }
            shown.append(stream.finish());
            assertThat(shown).hasToString(tokenizer.decode(ids, true));
            assertThat(pieces).isGreaterThan(10);
        }
    }

    @Test
    void manyThreadsEncodeAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Tokenizer tokenizer = Shared.smolLm2()) {
            int[] expected = tokenizer.encodeOrdinary("The quick brown fox " + "你好".repeat(50));
            List<Future<int[]>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(threads.submit(() -> tokenizer.encodeOrdinary("The quick brown fox " + "你好".repeat(50))));
            }
            for (Future<int[]> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void filesAreHandedOnUnchangedAndTheTemplateFileGoesFirst(@TempDir Path directory) throws IOException {
        byte[] json = dense();
        Files.write(directory.resolve("tokenizer.json"), json);
        String config = "{\"chat_template\": \"old\",\n \"bos_token\": {\"content\": \"<s>\"}}";
        Files.writeString(directory.resolve("tokenizer_config.json"), config);
        Files.writeString(directory.resolve("chat_template.jinja"), "new");
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            assertThat(tokenizer.chatTemplate()).contains("new");
            assertThat(tokenizer.bosId()).hasValue(8);
            Map<String, byte[]> files = tokenizer.files();
            assertThat(files.get("tokenizer.json")).isEqualTo(json);
            assertThat(files.get("tokenizer_config.json")).isEqualTo(config.getBytes(StandardCharsets.UTF_8));
            assertThat(files).containsKey("chat_template.jinja");
        }
        try (Tokenizer alone = Tokenizer.load(directory.resolve("tokenizer.json"))) {
            assertThat(alone.bosToken()).contains("<s>");
        }
    }

    @Test
    void aGgufTokenizerLoadsAgainFromTheFilesItWrites(@TempDir Path directory) throws IOException {
        try (Tokenizer original = Shared.smolLm2()) {
            for (Map.Entry<String, byte[]> file : original.files().entrySet()) {
                Files.write(directory.resolve(file.getKey()), file.getValue());
            }
            try (Tokenizer again = Tokenizer.load(directory)) {
                String text = "Hello 2023 <|im_end|> 你好";
                assertThat(again.encode(text, true)).isEqualTo(original.encode(text, true));
                assertThat(again.chatTemplate()).isEqualTo(original.chatTemplate());
                assertThat(again.controlIds()).isEqualTo(original.controlIds());
                assertThat(again.padId()).hasValue(2);
            }
        }
    }

    @Test
    void unknownGgufKindsAreNamed() {
        Map<String, Object> base = Map.of("tokenizer.ggml.tokens", List.of("a"), "tokenizer.ggml.model", "bert");
        assertThatThrownBy(() -> GgufTokenizer.from(base, "m.gguf"))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("m.gguf")
                .hasMessageContaining("\"bert\"");
        Map<String, Object> pre = Map.of(
                "tokenizer.ggml.tokens", List.of("a"), "tokenizer.ggml.model", "gpt2", "tokenizer.ggml.pre", "new-one");
        assertThatThrownBy(() -> GgufTokenizer.from(pre))
                .hasMessageContaining("new-one")
                .hasMessageContaining("smollm");
        assertThatThrownBy(() -> GgufTokenizer.from(Map.of())).hasMessageContaining("tokens");
    }

    @Test
    void linesAreEncodedAndBadOnesNamed() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.of(dense(), TokenizerConfig.empty())) {
            StringWriter out = new StringWriter();
            new EncodeLines(tokenizer, false).run(new StringReader("\"<s>s\"\n\n\"ss\"\n"), out);
            assertThat(out).hasToString("[8,1]\n[1,1]\n");
            EncodeLines lines = new EncodeLines(tokenizer, false);
            for (String bad : List.of("5", "\"a", "\"\\ud800\"")) {
                assertThatThrownBy(() -> lines.run(new StringReader("\"s\"\n" + bad + "\n"), new StringWriter()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("line 2: ");
            }
        }
    }
}

package org.bayling.tokenizer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.bayling.tokenizer.Shared;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.TokenizerConfig;
import org.bayling.tokenizer.training.ExtendedTokenizer.NewPiece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerExtenderTest {
    private static final long BUDGET = 64 << 20;

    private static Tokenizer extended(Tokenizer old, ExtendedTokenizer extended) {
        return Tokenizer.of(extended.json(), old.files().containsKey(Tokenizer.TOKENIZER_CONFIG)
                ? TokenizerConfig.parse(old.files().get(Tokenizer.TOKENIZER_CONFIG), "tokenizer_config.json")
                : TokenizerConfig.empty());
    }

    private static ExtendedTokenizer extend(Tokenizer old, int pieces, List<String> texts) {
        try (TokenizerExtender extender = new TokenizerExtender(old, BUDGET)) {
            texts.forEach(extender::add);
            return extender.extend(pieces, done -> {});
        }
    }

    /** Every new id as the old ids that its row is the mean of. */
    private static int[] inOldIds(ExtendedTokenizer extended, int[] ids) {
        return Arrays.stream(ids)
                .flatMap(id -> id < extended.firstId()
                        ? IntStream.of(id)
                        : IntStream.of(extended.pieces().get(id - extended.firstId()).oldPieces()))
                .toArray();
    }

    private static List<String> flores(String language) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Shared.path(
                        "data/flores-v1/wikipedia.dev." + language + "-en." + language + ".gz"))),
                StandardCharsets.UTF_8))) {
            return reader.lines().limit(600).toList();
        }
    }

    /** Trained on 400 lines, looked at on 200 others. */
    @ParameterizedTest
    @CsvSource({"llama-2, km", "llama-3, si", "smollm2, ps"})
    void tokensOfTheAddedLanguageFallAndAllElseIsAsItWas(String name, String language) throws IOException {
        List<String> lines = flores(language);
        List<String> unseen = lines.subList(400, lines.size());
        try (Tokenizer old = Shared.named(name)) {
            ExtendedTokenizer extension = extend(old, 500, lines.subList(0, 400));
            assertThat(extension.pieces()).hasSize(500);
            assertThat(extension.firstId()).isEqualTo(old.vocabularySize());
            try (Tokenizer now = extended(old, extension)) {
                assertThat(now.vocabularySize()).isEqualTo(old.vocabularySize() + 500);
                long before = 0;
                long after = 0;
                for (String line : unseen) {
                    int[] ids = now.encodeOrdinary(line);
                    int[] oldIds = old.encodeOrdinary(line);
                    before += oldIds.length;
                    after += ids.length;
                    assertThat(inOldIds(extension, ids)).isEqualTo(oldIds);
                    assertThat(now.decode(ids, false)).isEqualTo(old.decode(oldIds, false));
                }
                assertThat((double) after / before).isLessThan(0.75);
                assertUntouched(old, now);
            }
        }
    }

    private static void assertUntouched(Tokenizer old, Tokenizer now) {
        String others = "Grüße aus Łódź!  12 345 \t日本語、한국어 🙂 <s> don't\n\n\nОткуда это?\u0000";
        assertThat(now.encodeOrdinary(others)).isEqualTo(old.encodeOrdinary(others));
        assertThat(now.encode(others, true)).isEqualTo(old.encode(others, true));
        assertThat(now.bosId()).isEqualTo(old.bosId());
        assertThat(now.controlIds()).isEqualTo(old.controlIds());
        IntStream.range(0, old.vocabularySize())
                .forEach(id -> assertThat(now.token(id)).isEqualTo(old.token(id)));
    }

    @Test
    void theSameTextGivesTheSameBytes() {
        try (Tokenizer old = byteLevel("the cat and the hat and the rat")) {
            List<String> text = List.of("Łódź Łódź łódka", "łódka Łódź");
            assertThat(extend(old, 20, text).json())
                    .isEqualTo(extend(old, 20, List.of(text.get(1), text.get(0))).json());
        }
    }

    @Test
    void aNewByteLevelPieceIsMadeOfOldPiecesAndUsed() {
        try (Tokenizer old = byteLevel("low low lower lower")) {
            ExtendedTokenizer extension = extend(old, 40, List.of("flower flower flower"));
            NewPiece last = extension.pieces().get(extension.pieces().size() - 1);
            assertThat(last.text()).isEqualTo("Ġflower");
            assertThat(last.oldPieces()).isEqualTo(old.encodeOrdinary(" flower"));
            assertThat(extension.tokensAfter()).isLessThan(extension.tokensBefore());
            try (Tokenizer now = extended(old, extension)) {
                assertThat(now.encodeOrdinary(" flower"))
                        .containsExactly(extension.firstId() + extension.pieces().size() - 1);
                assertThat(now.encodeOrdinary("low lower")).isEqualTo(old.encodeOrdinary("low lower"));
            }
        }
    }

    /** "ខ្មែរ" is nothing but byte tokens to this vocabulary: its characters come first, then what they form. */
    @Test
    void missingCharactersOfASentencePieceVocabularyBecomePieces() throws IOException {
        try (Tokenizer old = Tokenizer.of(Shared.JSON.writeValueAsBytes(sentencePiece()), TokenizerConfig.empty())) {
            ExtendedTokenizer extension = extend(old, 50, List.of("ab ខ្មែរ ខ្មែរ ខ្មែរ ab"));
            String character = extension.pieces().get(0).text();
            assertThat(character).hasSize(1);
            assertThat(old.encodeOrdinary("ab" + character))
                    .endsWith(extension.pieces().get(0).oldPieces())
                    .hasSize(4);
            try (Tokenizer now = extended(old, extension)) {
                int[] ids = now.encodeOrdinary("ab ខ្មែរ");
                assertThat(ids).hasSize(2);
                assertThat(inOldIds(extension, ids)).isEqualTo(old.encodeOrdinary("ab ខ្មែរ"));
                assertThat(now.decode(ids, false)).isEqualTo("ab ខ្មែរ");
                assertThat(now.encodeOrdinary("ab é")).isEqualTo(old.encodeOrdinary("ab é"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unigram", "affix", "plain", "normalizer"})
    void otherKindsOfTokenizersAreRefused(String kind) throws IOException {
        ObjectNode json = sentencePiece();
        ObjectNode model = (ObjectNode) json.get("model");
        String expected = switch (kind) {
            case "Unigram" -> {
                json.set("model", Shared.JSON.readTree(
                        "{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"<unk>\",0.0],[\"a\",-1.0]]}"));
                yield "its model is Unigram";
            }
            case "affix" -> {
                model.put("end_of_word_suffix", "</w>");
                yield "it has a end_of_word_suffix";
            }
            case "plain" -> {
                model.put("byte_fallback", false);
                yield "neither byte-level nor has it byte_fallback";
            }
            default -> {
                json.putObject("normalizer").put("type", "NFKC");
                yield "its normalizer has the step NFKC";
            }
        };
        try (Tokenizer tokenizer =
                Tokenizer.of(Shared.JSON.writeValueAsBytes(json), TokenizerConfig.empty(), "my/tokenizer.json")) {
            assertThatThrownBy(() -> new TokenizerExtender(tokenizer, BUDGET))
                    .hasMessageStartingWith("my/tokenizer.json: cannot be extended: ")
                    .hasMessageContaining(expected);
        }
    }

    private static Tokenizer byteLevel(String text) {
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.add(text);
        byte[] config = new TokenizerConfigWriter("<s>", "</s>", Optional.empty())
                .text()
                .getBytes(StandardCharsets.UTF_8);
        String json = new TokenizerJsonWriter().text(trainer.train(List.of("<s>", "</s>"), 300));
        return Tokenizer.of(
                json.getBytes(StandardCharsets.UTF_8), TokenizerConfig.parse(config, "tokenizer_config.json"));
    }

    /** Llama 2's form with the letters a and b. */
    private static ObjectNode sentencePiece() throws IOException {
        ObjectNode json = (ObjectNode) Shared.JSON.readTree("""
                {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],
                 "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},
                  {"type":"Replace","pattern":{"String":" "},"content":"▁"}]},
                 "pre_tokenizer":null,"post_processor":null,
                 "decoder":{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},
                  {"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
                 "model":{"type":"BPE","dropout":null,"unk_token":"<unk>","continuing_subword_prefix":null,
                  "end_of_word_suffix":null,"fuse_unk":true,"byte_fallback":true,
                  "vocab":{"<unk>":0},"merges":["a b","▁ ab"]}}
                """);
        ObjectNode vocab = (ObjectNode) json.get("model").get("vocab");
        IntStream.range(0, 256).forEach(value -> vocab.put(String.format("<0x%02X>", value), 1 + value));
        List.of("▁", "a", "b", "ab", "▁ab").forEach(piece -> vocab.put(piece, vocab.size()));
        return json;
    }
}

package org.bayling.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerJsonLintTest {
    private static final String MODEL =
            "\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[\"a b\"]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``|empty file",
        "[]|expected a JSON object",
        "{\"model\":|not valid JSON",
        "{\"model\":{},\"model\":{}}|Duplicate field",
        "{}|no object \"model\"",
        "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":0}}}|model.type is WordPiece",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{},\"merges\":[]}}|at least one token",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":-1},\"merges\":[]}}|id -1",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":4000000000},\"merges\":[]}}|id 4000000000",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":0},\"merges\":[]}}|given twice",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":1},\"merges\":[\"a b\"]}}|model.merges[0]: token \"ab\"",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a z\"]}}|\"z\" is not in the vocabulary",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a\"]}}|model.merges[0] must be",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],\"dropout\":0.1}}|model.dropout",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],\"unk_token\":\"u\"}}|unk_token",
        "{\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\"]]}}|model.vocab[0]",
        "{\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\",0]],\"unk_id\":7}}|model.unk_id 7",
        "{\"added_tokens\":[{\"id\":9,\"content\":\"<x>\"}],MODEL}|without a gap",
        "{\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(a+)+$\"}},MODEL}|pre_tokenizer.pattern.Regex",
        "{\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Replace\",\"pattern\":"
                + "{\"Regex\":\"(a)\\\\1\"}}]},MODEL}|back-reference",
    })
    void everyFaultIsRefusedWithTheFileAndThePlace(String json, String message) {
        byte[] bytes = json.replace("MODEL", MODEL).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Tokenizer.of(bytes, TokenizerConfig.empty(), "dir/tokenizer.json"))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("dir/tokenizer.json: ")
                .hasMessageContaining(message);
    }

    @Test
    void aSoundFileLoadsAndEncodes() {
        byte[] json = ("{\"version\":\"1.0\"," + MODEL + "}").getBytes(StandardCharsets.UTF_8);
        try (Tokenizer tokenizer = Tokenizer.of(json, TokenizerConfig.empty())) {
            assertThat(tokenizer.encode("abba", false)).containsExactly(2, 1, 0);
            assertThat(tokenizer.vocabularySize()).isEqualTo(3);
        }
    }

    @Test
    void whatOnlyTheNativeLibraryRefusesIsOurErrorToo() {
        byte[] json = ("{\"pre_tokenizer\":{\"type\":\"Nothing\"}," + MODEL + "}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Tokenizer.of(json, TokenizerConfig.empty(), "t.json"))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("t.json");
    }

    @Test
    void missingFilesAreNamed(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> Tokenizer.load(directory))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(directory.resolve("tokenizer.json").toString());
        Files.writeString(directory.resolve("tokenizer.json"), "{\"version\":\"1.0\"," + MODEL + "}");
        Files.writeString(directory.resolve("tokenizer_config.json"), "{\"bos_token\":");
        assertThatThrownBy(() -> Tokenizer.load(directory))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("tokenizer_config.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "(a+)+", "(a*)*b", "(?:a|aa)+", "((a?){2,})+", "(a{1,3})*", "(\\w+\\s?)*$", "(a)\\1", "\\k<n>", "(a", "a)",
        "a{5000}"
    })
    void dangerousExpressionsAreFound(String regex) {
        assertThat(RegexLint.problem(regex)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s+(?!\\S)|\\s+",
        "\\d{1,3}(?=(?:\\d{3})*\\b)",
        "[\\p{Lu}\\p{M}&&[^\\p{Han}]]*[\\p{Ll}]+(?i:'s|'t)?", " {2,}", "[]()+]x", "\\(+\\)*"
    })
    void expressionsOfRealTokenizersAreAccepted(String regex) {
        assertThat(RegexLint.problem(regex)).isEmpty();
    }
}

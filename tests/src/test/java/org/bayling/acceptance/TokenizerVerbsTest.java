package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bayling.tokenizer.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tokenizer train} and {@code tokenizer extend}, as a person uses them. */
class TokenizerVerbsTest {
    private static final String KHMER = "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរនិងសិទ្ធិ។\n";

    @TempDir
    private Path temp;

    @Test
    void aTokenizerIsTheSameOnAnyNumberOfProcessors() throws Exception {
        putText();
        train(Refusals.product(temp), "one");
        train(BuiltProduct.in(temp).withEnvironment("BAYLING_JAVA_OPTS", "-XX:ActiveProcessorCount=1"), "other");
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            assertThat(temp.resolve("one").resolve(file)).hasSameBinaryContentAs(temp.resolve("other").resolve(file));
        }
        try (Tokenizer tokenizer = Tokenizer.load(temp.resolve("one"))) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(320);
            assertThat(tokenizer.token(2)).contains("<|user|>");
            assertThat(tokenizer.eosId()).hasValue(1);
            assertThat(tokenizer.decode(tokenizer.encodeOrdinary(KHMER), false)).isEqualTo(KHMER);
            assertThat(tokenizer.encodeOrdinary(KHMER)).hasSizeLessThan(60);
        }
    }

    private static void train(BuiltProduct product, String output) throws Exception {
        product.expect(0, "tokenizer", "train", "--input", "khmer.txt", "rows.jsonl", "--vocab-size", "320",
                "--special-token", "<|user|>", "--output", output);
    }

    @Test
    void anExtendedModelSpeaksAsBeforeAndNeedsFewerTokens() throws Exception {
        putText();
        StandIns.putModel(temp.resolve("model"));
        Files.writeString(temp.resolve("model/merges.txt"), "of the old vocabulary");
        BuiltProduct.Result result = extend(0, "extended");
        assertThat(result.out())
                .contains("left out, since they do not know the new pieces: merges.txt")
                .contains("vocab_size 3112, new ids 3072 to 3111")
                .contains("wrote extended (40 new pieces)");
        assertThat(temp.resolve("extended/merges.txt")).doesNotExist();
        JsonNode config = new ObjectMapper().readTree(temp.resolve("extended/config.json").toFile());
        assertThat(config.path("vocab_size").intValue()).isEqualTo(3112);
        try (Tokenizer before = Tokenizer.load(temp.resolve("model"));
                Tokenizer after = Tokenizer.load(temp.resolve("extended"))) {
            assertThat(after.encodeOrdinary(KHMER)).hasSizeLessThan(before.encodeOrdinary(KHMER).length / 2);
            assertThat(after.encodeOrdinary("Hello, 世界!")).isEqualTo(before.encodeOrdinary("Hello, 世界!"));
        }
        Refusals.product(temp)
                .expect(0, "generate", "--model", "extended", "--prompt", "Hello", "--max-new-tokens", "4");
    }

    private BuiltProduct.Result extend(int exitCode, String output) throws Exception {
        return Refusals.product(temp)
                .expect(exitCode, "tokenizer", "extend", "--model", "model", "--input", "khmer.txt", "--pieces", "40",
                        "--output", output);
    }

    @Test
    void whatCannotBeDoneIsRefusedAndNothingIsWritten() throws Exception {
        putText();
        Files.createDirectories(temp.resolve("taken"));
        BuiltProduct.Result small = Refusals.refused(
                2, temp, "tokenizer", "train", "--input", "khmer.txt", "--vocab-size", "200", "--output", "out");
        assertThat(small.err()).contains("needs at least 258 tokens, asked for 200");
        BuiltProduct.Result taken = Refusals.refused(
                10, temp, "tokenizer", "train", "--input", "khmer.txt", "--vocab-size", "300", "--output", "taken");
        assertThat(taken.err()).contains("taken: is there already");
        BuiltProduct.Result missing = Refusals.refused(
                10, temp, "tokenizer", "train", "--input", "no.txt", "--vocab-size", "300", "--output", "out");
        assertThat(missing.err()).contains("no data file at no.txt");
        StandIns.putModel(temp.resolve("model"));
        Files.writeString(temp.resolve("khmer.txt"), "a b c");
        BuiltProduct.Result nothing = Refusals.refused(
                10, temp, "tokenizer", "extend", "--model", "model", "--input", "khmer.txt", "--pieces", "40",
                "--output", "out");
        assertThat(nothing.err()).contains("the text gives no new piece");
    }

    private void putText() throws IOException {
        Files.writeString(temp.resolve("khmer.txt"), KHMER.repeat(5));
        Files.writeString(temp.resolve("rows.jsonl"), "{\"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}\n");
    }
}

package org.bayling.tokenizer.fertility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bayling.tokenizer.Shared;
import org.bayling.tokenizer.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FertilityTest {
    private static final String DECLARATIONS = "data/udhr/declarations.jsonl.gz";

    @TempDir
    private Path folder;

    /** A paragraph after the other through the plain encoder, counted here without anything of the table's code. */
    @ParameterizedTest
    @ValueSource(strings = {"llama-2", "llama-3"})
    void tableOverAllDeclarationsEqualsADirectCount(String name) throws IOException {
        List<JsonNode> declarations = Shared.gzippedLines(DECLARATIONS);
        try (Tokenizer tokenizer = Shared.named(name)) {
            Fertility fertility = new Fertility(tokenizer, "en");
            readDeclarations(fertility);
            Map<String, FertilityRow> rows = new HashMap<>();
            fertility.rows().forEach(row -> rows.put(row.document(), row));
            assertThat(rows).hasSize(declarations.size()).hasSize(522);
            Map<String, Integer> english = new HashMap<>();
            declarations.stream()
                    .filter(declaration -> declaration.get("bcp47").asText().equals("en"))
                    .forEach(declaration -> english.putAll(direct(tokenizer, declaration).bySection));
            for (JsonNode declaration : declarations) {
                FertilityRow row = rows.get(declaration.get("code").asText());
                Direct direct = direct(tokenizer, declaration);
                assertThat(row.language()).isEqualTo(declaration.get("bcp47").asText());
                assertThat(new long[] {row.texts(), row.characters(), row.tokens(), row.byteTokens()})
                        .as(row.document())
                        .containsExactly(direct.texts, direct.characters, direct.tokens, direct.byteTokens);
                double own = 0;
                double theirs = 0;
                for (String section : direct.bySection.keySet()) {
                    own += english.containsKey(section) ? direct.bySection.get(section) : 0;
                    theirs += english.getOrDefault(section, 0);
                }
                assertThat(row.relative().orElseThrow()).isCloseTo(own / theirs, within(1e-12));
            }
        }
    }

    /** Of paragraphs in scripts with spaces that hold letters and plain punctuation alone, words are what lies between. */
    @Test
    void wordsOfPlainParagraphsEqualADirectCount() throws IOException {
        Pattern plain = Pattern.compile("(?:[\\p{L}\\p{M}]+[,;]? )*[\\p{L}\\p{M}]+[.,;]?");
        Pattern withoutSpaces = Pattern.compile(
                "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}\\p{IsTibetan}]");
        Map<String, long[]> direct = new HashMap<>();
        try (Tokenizer tokenizer = Shared.named("llama-3")) {
            Fertility fertility = new Fertility(tokenizer, "en");
            readDeclarations(text -> {
                String content = text.content();
                if (plain.matcher(content).matches() && !withoutSpaces.matcher(content).find()) {
                    fertility.accept(text);
                    direct.computeIfAbsent(text.document(), document -> new long[1])[0] += content.split(" ").length;
                }
            });
            assertThat(direct).as("declarations with plain paragraphs").hasSizeGreaterThan(300);
            assertThat(fertility.rows()).hasSize(direct.size()).allSatisfy(row ->
                    assertThat(row.words()).as(row.document()).isEqualTo(direct.get(row.document())[0]));
        }
    }

    @Test
    void knownFiguresOfLlama2() throws IOException {
        try (Tokenizer tokenizer = Shared.named("llama-2")) {
            Fertility fertility = new Fertility(tokenizer, "en");
            fertility.accept(new FertilityText("en", "", "1", "Hello world"));
            fertility.accept(new FertilityText("th", "", "1", "ภาษาไทย ฎ"));
            List<FertilityRow> rows = fertility.rows();
            assertThat(rows.get(0)).isEqualTo(
                    new FertilityRow("en", "", 1, 11, 2, 2, 0, OptionalDouble.of(1)));
            assertThat(rows.get(1).words()).isEqualTo(3);
            assertThat(rows.get(1).characters()).isEqualTo(9);
        }
    }

    @Test
    void plainAndParallelTextIsReadByLanguage() throws IOException {
        Path german = write("de.txt", "Guten Tag.\n\nAuf Wiedersehen.\n");
        Path english = write("en.txt", "Good day.\n\nGoodbye.\n");
        String pair = "{'src_lang':'is','src':'Góðan dag.','tgt_lang':'en','tgt':'Good day.'}\n".replace('\'', '"');
        Path pairs = write("p.jsonl", pair + "{\"language\":\"fr\",\"text\":\"Bonjour.\"}\n");
        try (Tokenizer tokenizer = Shared.named("llama-3")) {
            Fertility fertility = new Fertility(tokenizer, "en");
            for (String argument : List.of("de=" + german, "en=" + english, pairs.toString())) {
                read(FertilityFile.parse(argument), fertility);
            }
            List<FertilityRow> rows = fertility.rows();
            assertThat(rows).extracting(FertilityRow::language).containsExactly("de", "en", "fr", "is");
            assertThat(rows).extracting(FertilityRow::texts).containsExactly(2L, 3L, 1L, 1L);
            double expected = (double) (tokenizer.encode("Guten Tag.", false).length
                            + tokenizer.encode("Auf Wiedersehen.", false).length)
                    / (tokenizer.encode("Good day.", false).length + tokenizer.encode("Goodbye.", false).length);
            assertThat(rows.get(0).relative()).hasValue(expected);
            assertThat(rows.get(2).relative()).isEmpty();
            assertThat(rows.get(3).relative()).isPresent();
        }
    }

    @Test
    void tablesAreWrittenInThreeFormats() throws IOException {
        FertilityRow row = new FertilityRow("de", "a,b", 1, 10, 4, 5, 1, OptionalDouble.empty());
        assertThat(FertilityFormat.csv.write(List.of(row)))
                .endsWith("de,\"a,b\",1,10,4,5,1,1.250000,0.500000,,0.200000\r\n");
        JsonNode json = Shared.JSON.readTree(FertilityFormat.json.write(List.of(row)));
        assertThat(json.get(0).get("tokens_per_word").asDouble()).isEqualTo(1.25);
        assertThat(json.get(0).get("relative").isNull()).isTrue();
        assertThat(FertilityFormat.text.write(List.of(row)).lines()).hasSize(2).last().asString().contains("20.0%");
    }

    @Test
    void whatCannotBeReadIsNamedWithItsLine() throws IOException {
        assertRefused(write("a.jsonl", "{\"language\":\"de\",\"text\":\"x\"}\nplain\n"), "a.jsonl, line 2: not JSON");
        assertRefused(write("b.jsonl", "{\"text\":\"x\"}\n"), "b.jsonl, line 1: expected the strings");
        assertRefused(write("c.jsonl", "{\"language\":\"de\",\"text\":\"\\ud83d\"}\n"), "c.jsonl, line 1: half of");
        Path file = write("d.txt", "one\ntwo\n");
        byte[] gzip = gzip(Files.readAllBytes(file));
        assertThatThrownBy(() -> new FertilityFile(Optional.of("en"), file)
                        .read(new GZIPInputStream(new ByteArrayInputStream(gzip, 0, gzip.length - 6)), text -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("d.txt, after line 2: broken compressed data: it ends too early");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> read(FertilityFile.parse(file.toString()), text -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    private static void read(FertilityFile file, Consumer<FertilityText> sink) throws IOException {
        try (InputStream content = Files.newInputStream(file.path())) {
            file.read(content, sink);
        }
    }

    private static void readDeclarations(Consumer<FertilityText> sink) throws IOException {
        Path path = Shared.path(DECLARATIONS);
        try (InputStream content = new GZIPInputStream(Files.newInputStream(path))) {
            new FertilityFile(Optional.empty(), path).read(content, sink);
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static final class Direct {
        private final Map<String, Integer> bySection = new HashMap<>();
        private long texts;
        private long characters;
        private long tokens;
        private long byteTokens;
    }

    private static Direct direct(Tokenizer tokenizer, JsonNode declaration) {
        Direct direct = new Direct();
        declaration.get("sections").fields().forEachRemaining(section -> section.getValue().forEach(paragraph -> {
            String text = paragraph.asText();
            int[] ids = tokenizer.encode(text, false);
            direct.texts++;
            direct.characters += text.codePoints().count();
            direct.tokens += ids.length;
            direct.bySection.merge(section.getKey(), ids.length, Integer::sum);
            for (int id : ids) {
                // A byte token alone decodes to the replacement character, which no declaration holds.
                direct.byteTokens += tokenizer.decode(new int[] {id}, false).contains("\uFFFD") ? 1 : 0;
            }
        }));
        return direct;
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}

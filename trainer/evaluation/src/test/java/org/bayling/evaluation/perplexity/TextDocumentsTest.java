package org.bayling.evaluation.perplexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bayling.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of text, what is counted of them, and what is said of wrong ones. */
class TextDocumentsTest {
    private static final TextDocuments PLAIN = new TextDocuments("text", "language", false, 100);

    @TempDir
    private Path folder;

    @Test
    void aPlainFileIsADocumentOfTheLanguageInItsName() throws IOException {
        write("news.zh.txt", "第一。\n第二。\n");
        write("de/news.txt", "Eins.\n");
        List<TextDocument> documents = PLAIN.read(List.of(folder), List.of());
        assertThat(documents).extracting(TextDocument::language).containsExactly("de", "zh");
        assertThat(documents.get(1).text()).isEqualTo("第一。\n第二。\n");
    }

    @Test
    void orEachOfItsLinesIs() throws IOException {
        write("news.zh.txt", "第一。\n\n第二。\n");
        TextDocuments lines = new TextDocuments("text", "language", true, 100);
        List<TextDocument> documents = lines.read(List.of(folder), List.of());
        assertThat(documents).extracting(TextDocument::text).containsExactly("第一。", "第二。");
        assertThat(documents.get(1).place()).endsWith("news.zh.txt:3");
    }

    @Test
    void rowsHoldTextsInListsAndMappingsAndNameTheirLanguage() throws IOException {
        write("all.jsonl", """
                {"bcp47":"en","sections":{"1":["One.","Two."],"2":["Three."]}}
                {"bcp47":"de","sections":"Eins."}
                {"bcp47":"en","sections":"Four."}
                """);
        TextDocuments sections = new TextDocuments("sections", "bcp47", false, 1);
        List<TextDocument> documents = sections.read(List.of(folder), List.of("en", "de"));
        assertThat(documents).extracting(TextDocument::text).containsExactly("One.\nTwo.\nThree.", "Eins.");
    }

    @Test
    void wordsAreCountedAsReSplitCountsThem() {
        assertThat(new TextDocument("here", "en", "two words").words()).isEqualTo(2);
        assertThat(new TextDocument("here", "en", " a\u00a0\u3000 b \n").words()).isEqualTo(4); // '', 'a', 'b', ''
        assertThat(new TextDocument("here", "en", "日本").bytes()).isEqualTo(6);
    }

    @Test
    void perplexitiesAreOfSums() {
        Perplexity first = Perplexity.of(new TextDocument("here", "en", "ab cd"), -10);
        Perplexity second = Perplexity.of(new TextDocument("here", "en", "é"), -2);
        Perplexity sum = Perplexity.sum(List.of(first, second));
        assertThat(sum).isEqualTo(new Perplexity(2, -12, 3, 7));
        assertThat(sum.perWord()).isCloseTo(Math.exp(4), offset(1e-12));
        assertThat(sum.perByte()).isCloseTo(Math.exp(12.0 / 7), offset(1e-12));
        assertThat(sum.bitsPerByte()).isCloseTo(12 / 7.0 / Math.log(2), offset(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'text':'a'}                   | field 'language' must name the language, as the file's name does not",
                "{'language':'en'}              | field 'text' is not there; the row has [language]",
                "{'language':'en','text':' '}   | field 'text' holds no text",
                "{'language':'en','text':[7]}   | field 'text' must hold text, has 7",
                "['a']                          | a JSON object is needed",
                "{'language':'en','text':'a'    | Unexpected end-of-input",
            })
    void aWrongRowIsRefusedWithFileAndLine(String row, String message) throws IOException {
        write("all.jsonl", "{\"language\":\"en\",\"text\":\"a\"}\n" + row.replace('\'', '"') + "\n");
        assertThatThrownBy(() -> PLAIN.read(List.of(folder), List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("all.jsonl:2: ")
                .hasMessageContaining(message);
    }

    @Test
    void emptyFilesUnknownLanguagesAndOtherEncodingsAreRefused() throws IOException {
        write("news.zh.txt", " \n");
        refused(List.of(), "news.zh.txt: is empty");
        write("news.zh.txt", "第一。");
        refused(List.of("sw"), "there are no data for the language 'sw'");
        Files.write(folder.resolve("news.de.txt"), "fünf".getBytes(StandardCharsets.ISO_8859_1));
        refused(List.of(), "news.de.txt: holds bytes that are not UTF-8");
        Files.delete(folder.resolve("news.de.txt"));
        write("news.txt", "text");
        refused(List.of(), "news.txt: its name tells no language");
    }

    private void refused(List<String> languages, String message) {
        assertThatThrownBy(() -> PLAIN.read(List.of(folder), languages))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

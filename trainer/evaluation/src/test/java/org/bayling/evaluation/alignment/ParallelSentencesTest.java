package org.bayling.evaluation.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bayling.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layouts that parallel data come in, and what is wrong with them, by file and line. */
class ParallelSentencesTest {
    private static final List<String> PIVOTS = List.of("eng", "cmn");

    @TempDir
    private Path folder;

    @Test
    void aFolderHasAFileForEachLanguage() throws IOException {
        flores("eng_Latn.dev", "One.\nTwo.\nThree.\n");
        flores("zho_Hans.dev", "一。\n二。\n三。\n");
        flores("zho_Hant.dev", "一。\n二。\n三。\n");
        flores("deu_Latn.dev", "Eins.\nZwei.\nDrei.\n");
        flores("README.md", "no language\n");
        ParallelSentences sentences = read(List.of());
        assertThat(sentences.codes()).containsExactly("eng_Latn", "zho_Hans", "deu_Latn", "zho_Hant");
        assertThat(sentences.texts().get(2)).containsExactly("Eins.", "Zwei.", "Drei.");
        assertThat(ParallelSentences.read(folder, PIVOTS, List.of("de"), 2).texts().get(2))
                .as("found by another code, two sentences only")
                .containsExactly("Eins.", "Zwei.");
    }

    @Test
    void filesOfDifferentLengthAreNamedWithTheLine() throws IOException {
        flores("eng_Latn.dev", "One.\nTwo.\nThree.\n");
        flores("zho_Hans.dev", "一。\n二。\n");
        refused("zho_Hans.dev:2: the file ends here, but ", "eng_Latn.dev goes on");
    }

    @Test
    void anEmptyLineIsNamed() throws IOException {
        flores("eng_Latn.dev", "One.\n\nThree.\n");
        flores("zho_Hans.dev", "一。\n二。\n三。\n");
        refused("eng_Latn.dev:2: the line is empty");
    }

    @Test
    void aMissingLanguageIsToldWithThoseThatAreThere() throws IOException {
        flores("eng_Latn.dev", "One.\nTwo.\n");
        flores("deu_Latn.dev", "Eins.\nZwei.\n");
        refused("no language the pivot 'cmn' (choose others with --pivots)", "deu_Latn, eng_Latn");
        assertThatThrownBy(() -> ParallelSentences.read(folder, List.of("en"), List.of("tha"), 9))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no language 'tha'; it has deu_Latn, eng_Latn");
    }

    @Test
    void aFolderOfFoldersIsAnsweredWithTheirNames() throws IOException {
        Files.createDirectory(folder.resolve("devtest"));
        refused("no file's name begins with a language like eng_Latn.dev", "devtest");
    }

    @Test
    void twoFilesInOneLanguageAreNotGuessedAbout() throws IOException {
        flores("eng_Latn.dev", "One.\n");
        flores("eng_Latn.devtest", "One.\n");
        refused("eng_Latn.dev and ", "are both in eng_Latn");
    }

    @Test
    void aFileHasAColumnForEachLanguage() throws IOException {
        Path tsv = Files.writeString(folder.resolve("t.tsv"), "n\ten\tzh\n1\tOne.\t一。\n2\tTwo.\t二。\n");
        assertThat(ParallelSentences.read(tsv, PIVOTS, List.of(), 9).codes()).containsExactly("en", "zh");
        Path nested = Files.writeString(
                folder.resolve("t.jsonl"),
                "{\"translation\":{\"en\":\"One.\",\"zh\":\"一。\"}}\n{\"translation\":{\"en\":\"Two.\",\"zh\":\"\"}}\n");
        assertThatThrownBy(() -> ParallelSentences.read(nested, PIVOTS, List.of(), 9))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.jsonl:2: has no text in 'zh'");
        Path other = Files.writeString(folder.resolve("o.jsonl"), "{\"question\":\"?\",\"en\":\"One.\"}\n");
        assertThatThrownBy(() -> ParallelSentences.read(other, PIVOTS, List.of(), 9))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("two columns at least must be named by languages");
    }

    @Test
    void declarationsAreAlignedByTheirArticles() throws IOException {
        Path file = Files.writeString(folder.resolve("d.jsonl"), """
                {"code":"cmn_hans","bcp47":"zh","name":"Chinese","sections":{"preamble":["x"],"1":["一"],"2":["二","三"]}}
                {"code":"cmn_hans_x","bcp47":"zh","name":"Chinese (X)","sections":{"1":["一"],"2":["二","三"]}}
                {"code":"eng","bcp47":"en","name":"English","sections":{"preamble":["a"],"1":["A"],"2":["B","","C"]}}
                {"code":"deu_1996","bcp47":"de-1996","name":"German","sections":{"1":["A"],"2":["B C"]}}
                """);
        ParallelSentences all = ParallelSentences.read(file, PIVOTS, List.of(), 99);
        assertThat(all.codes()).containsExactly("eng", "cmn_hans", "cmn_hans_x");
        assertThat(all.texts().get(0))
                .as("blank paragraphs and the preamble do not count")
                .containsExactly("A", "B", "C");
        assertThat(all.leftOut()).containsExactly("deu_1996 has 1 paragraphs in article 2, eng has 2");
        assertThatThrownBy(() -> ParallelSentences.read(file, PIVOTS, List.of("deu"), 99))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("d.jsonl:4: 'deu_1996' has 1 paragraphs in article 2");
    }

    private void flores(String name, String lines) throws IOException {
        Files.writeString(folder.resolve(name), lines);
    }

    private ParallelSentences read(List<String> wanted) throws IOException {
        return ParallelSentences.read(folder, PIVOTS, wanted, Integer.MAX_VALUE);
    }

    private void refused(String... words) {
        assertThatThrownBy(() -> read(List.of())).isInstanceOf(DataException.class).hasMessageContainingAll(words);
    }
}

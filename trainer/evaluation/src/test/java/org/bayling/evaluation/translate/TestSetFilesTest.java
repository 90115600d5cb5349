package org.bayling.evaluation.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.bayling.data.DataException;
import org.bayling.evaluation.translation.Chrf;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSetFilesTest {
    private static final DirectionChoice ALL = new DirectionChoice(List.of(), List.of(), true);

    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private TestSet open(String... references) throws IOException {
        return new TestSetFiles(List.of(folder), "devtest", Optional.empty(), List.of(references))
                .open(new SomeLanguages());
    }

    private static List<Direction> choose(TestSet set, String... directions) throws IOException {
        return new DirectionChoice(List.of(directions), List.of(), false).of(set, new SomeLanguages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s.devtest", "devtest/%s.devtest", "devtest.%s", "devtest/%s.devtest.gz"})
    void floresIsFoundByTheNamesOfEachOfItsReleases(String pattern) throws IOException {
        write(pattern.formatted("eng_Latn"), "One.\nTwo.\n");
        write(pattern.formatted("zho_Hans"), "一。\n二。\n");
        write("dev/eng_Latn.dev", "Not this.\n");
        TestSet set = open();
        assertThat(set.name()).isEqualTo("flores-200");
        assertThat(choose(set, "en-zh")).containsExactly(new Direction("eng_Latn", "zho_Hans"));
        List<Segment> segments = set.segments(new Direction("eng_Latn", "zho_Hans"));
        assertThat(segments.get(1).source()).isEqualTo("Two.");
        assertThat(segments.get(1).references()).containsExactly("二。");
        assertThat(segments.get(1).place()).endsWith(":2");
    }

    @Test
    void flores101IsAskedForByTheCodesOfFlores200Too() throws IOException {
        write("eng.devtest", "One.\n");
        write("zho_simpl.devtest", "一。\n");
        TestSet set = open();
        assertThat(set.name()).isEqualTo("flores-101");
        assertThat(choose(set, "zho_Hans-eng_Latn")).containsExactly(new Direction("zho_simpl", "eng"));
        assertThat(choose(set, "zho_simpl-eng")).containsExactly(new Direction("zho_simpl", "eng"));
    }

    @Test
    void wmtHasSourcesAndReferencesByLabelInFoldersOfTheirOwn() throws IOException {
        write("sources/generaltest2022.en-de.src.en", "One.\n");
        write("references/generaltest2022.en-de.ref.B.de", "Eins B.\n");
        write("references/generaltest2022.en-de.ref.A.de", "Eins A.\n");
        write("system-outputs/generaltest2022.en-de.hyp.Online-A.de", "Eins.\n");
        Direction direction = new Direction("en", "de");
        TestSet set = open();
        assertThat(set.name()).isEqualTo("generaltest2022");
        assertThat(set.directions()).containsExactly(direction);
        assertThat(set.segments(direction).get(0).references()).containsExactly("Eins A.");
        assertThat(open("B", "A").segments(direction).get(0).references()).containsExactly("Eins B.", "Eins A.");
        assertThatThrownBy(() -> open("C").segments(direction))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no reference C; there are A, B");
    }

    @Test
    void outputsOfPublishedSystemsAreScoredAsAModelsAre() throws IOException {
        write("sources/generaltest2022.en-de.src.en", "One dog.\nA cat is here.\n");
        write("references/generaltest2022.en-de.ref.A.de", "Ein Hund.\nEine Katze ist hier.\n");
        write("system-outputs/generaltest2022.en-de.hyp.Online-A.de", "Ein Hund.\nHier ist eine Katze.\n");
        write("system-outputs/generaltest2022.en-de.hyp.Short.de", "Ein Hund.\n");
        SystemOutputs.Outcome outcome = outputs("Online-A").run(new SomeLanguages(), TaskProgress.silent());
        assertThat(outcome.results().model()).isEqualTo("Online-A");
        assertThat(outcome.results().scores().get(0).value())
                .isEqualTo(Chrf.chrf2PlusPlus()
                        .corpus(
                                List.of("Ein Hund.", "Hier ist eine Katze."),
                                List.of(List.of("Ein Hund."), List.of("Eine Katze ist hier."))));
        assertThatThrownBy(() -> outputs("Short").run(new SomeLanguages(), TaskProgress.silent()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("generaltest2022.en-de.hyp.Short.de has 1 line:");
        assertThatThrownBy(() -> outputs("Online-B").run(new SomeLanguages(), TaskProgress.silent()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no outputs of a system 'Online-B'; there are Online-A, Short");
    }

    private SystemOutputs outputs(String system) {
        TestSetFiles files = new TestSetFiles(List.of(folder), "devtest", Optional.empty(), List.of());
        MetricChoice metrics =
                new MetricChoice(List.of("chrf++"), Optional.empty(), Optional.empty(), MetricChoice.SPM_NAME);
        return new SystemOutputs(
                "wmt22",
                new TestSetChoice(files, ALL, 1000),
                system,
                new ScoringChoice(metrics, Optional.empty(), false, "1"));
    }

    @Test
    void wmtAsSacrebleuKeepsItIsReadAsIt() throws IOException {
        write("wmt22.en-zh.src", "One.\n");
        write("wmt22.en-zh.ref", "甲。\n");
        write("wmt22.en-zh.ref-A", "一。\n");
        write("wmt22.en-zh.docid", "1\n");
        TestSet set = open();
        assertThat(set.directions()).containsExactly(new Direction("en", "zh"));
        assertThat(set.segments(new Direction("en", "zh")).get(0).references()).containsExactly("一。");
    }

    @Test
    void oneOfSeveralTestSetsMustBeChosen() throws IOException {
        write("wmt21.en-zh.src", "One.\n");
        write("wmt22.en-zh.src", "One.\n");
        write("wmt22.en-zh.ref", "一。\n");
        assertThatThrownBy(this::open).hasMessageContaining("holds wmt21, wmt22; choose one with --test-set");
        TestSetFiles named = new TestSetFiles(List.of(folder), "devtest", Optional.of("wmt22"), List.of());
        assertThat(named.open(new SomeLanguages()).name()).isEqualTo("wmt22");
    }

    @Test
    void aPairOfFilesIsReadInBothDirections() throws IOException {
        write("news.dev.de-en.de.gz", "Eins.\n");
        write("news.dev.de-en.en.gz", "One.\n");
        TestSet set = open();
        assertThat(set.directions()).containsExactlyInAnyOrder(new Direction("de", "en"), new Direction("en", "de"));
        assertThat(set.segments(new Direction("en", "de")).get(0).references()).containsExactly("Eins.");
    }

    @Test
    void rowsAreOfOneDirectionOrOfMany() throws IOException {
        write("a.jsonl", """
                {"src_lang": "de", "tgt_lang": "en", "src": "Eins.", "tgt": ["One.", "A one."]}
                {"translation": {"de": "Zwei.", "en": "Two."}}
                """);
        write("b.tsv", "id\ten\tzh\n7\tThree.\t三。\n");
        TestSet set = open();
        assertThat(set.segments(new Direction("de", "en")))
                .extracting(Segment::references)
                .containsExactly(List.of("One.", "A one."), List.of("Two."));
        assertThat(set.segments(new Direction("zh", "en"))).extracting(Segment::source).containsExactly("三。");
        assertThat(set.segments(new Direction("zh", "en")).get(0).place()).endsWith("b.tsv:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"src_lang\": \"de\", \"tgt_lang\": \"en\", \"src\": \"Eins.\"}",
        "{\"src_lang\": \"de\", \"tgt_lang\": \"en\", \"src\": \" \", \"tgt\": \"One.\"}",
        "{\"src_lang\": \"de\", \"src\": \"Eins.\", \"tgt\": \"One.\"}",
        "{\"src_lang\": \"de\", \"tgt_lang\": \"en\", \"src\": \"Eins.\", \"tgt\": [1]}",
        "{\"de\": \"Eins.\"}",
        "{\"de\": \"Eins.\", \"en\": null}",
        "{\"text\": \"Eins.\"}",
        "[1]",
        "{\"de\""
    })
    void aMalformedRowIsRefusedWithFileAndLine(String row) throws IOException {
        write("a.jsonl", "{\"de\": \"Eins.\", \"en\": \"One.\"}\n" + row + "\n");
        assertThatThrownBy(this::open).isInstanceOf(DataException.class).hasMessageContaining("a.jsonl:2: ");
    }

    @Test
    void filesOfDifferentLengthAreRefusedWithTheLine() throws IOException {
        write("eng_Latn.devtest", "One.\nTwo.\n");
        write("zho_Hans.devtest", "一。\n");
        TestSet set = open();
        assertThatThrownBy(() -> set.segments(new Direction("eng_Latn", "zho_Hans")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("eng_Latn.devtest has 2 lines")
                .hasMessageContaining("zho_Hans.devtest has 1 line:")
                .hasMessageContaining("from line 2 on");
    }

    @Test
    void emptyFilesAndBlankSourcesAreRefused() throws IOException {
        write("eng_Latn.devtest", "One.\n \n");
        write("zho_Hans.devtest", "一。\n二。\n");
        write("deu_Latn.devtest", "");
        TestSet set = open();
        assertThatThrownBy(() -> set.segments(new Direction("eng_Latn", "zho_Hans")))
                .hasMessageContaining("eng_Latn.devtest:2: the line is blank");
        assertThatThrownBy(() -> set.segments(new Direction("deu_Latn", "zho_Hans")))
                .hasMessageContaining("deu_Latn.devtest: is empty");
    }

    @Test
    void aFolderOfNoKnownLayoutIsToldTheLayouts() throws IOException {
        write("readme.txt", "Hello.");
        assertThatThrownBy(this::open)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("holds no test set of a known layout: FLORES (eng_Latn.devtest");
    }

    @Test
    void directionsThatAreNotThereAreRefused() throws IOException {
        write("eng_Latn.devtest", "One.\n");
        write("zho_Hans.devtest", "一。\n");
        TestSet set = open();
        assertThatThrownBy(() -> choose(set, "en-de"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no texts in the language 'de'; it has eng_Latn, zho_Hans");
        assertThatThrownBy(() -> choose(set, "en-xx"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("direction en-xx: is not in flores-200, or its codes are unknown");
        assertThatThrownBy(() -> new DirectionChoice(List.of(), List.of("qq"), false).of(set, new SomeLanguages()))
                .hasMessageContaining("language code 'qq' is unknown");
    }

    @Test
    void pivotsTakeAllDirectionsFromAndToThem() throws IOException {
        for (String code : List.of("eng_Latn", "zho_Hans", "deu_Latn", "jpn_Jpan")) {
            write(code + ".devtest", "1\n");
        }
        TestSet set = open();
        assertThat(new DirectionChoice(List.of(), List.of("en"), false).of(set, new SomeLanguages()))
                .hasSize(6)
                .allMatch(direction -> direction.toString().contains("eng_Latn"));
        assertThat(ALL.of(set, new SomeLanguages())).hasSize(12);
        assertThatThrownBy(() -> new DirectionChoice(List.of(), List.of(), false).of(set, new SomeLanguages()))
                .hasMessageContaining("has 12 directions; choose some");
    }
}

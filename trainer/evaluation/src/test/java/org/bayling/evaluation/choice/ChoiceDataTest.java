package org.bayling.evaluation.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bayling.data.DataException;
import org.bayling.evaluation.fewshot.FewShot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of questions, and what is said of wrong ones. */
class ChoiceDataTest {
    private static final String ROW =
            "{\"premise\":\"P%d.\",\"choice1\":\"A.\",\"choice2\":\"B.\",\"question\":\"cause\",\"label\":0}\n";

    private static final int[][] PYTHON = {{24, 14}, {0, 2}, {25, 18}, {21, 22}, {3, 24}, {7, 0}, {0, 11}, {19, 15}, {4, 2}, {22, 3}};
    private static final int[][] WITHOUT_SPARE = {{24, 14}, {3, 0}};

    @TempDir
    private Path folder;

    @Test
    void languagesAreToldByFileNamesOrFolders() throws IOException {
        write("val.it.jsonl", ROW.formatted(1));
        write("th/val.jsonl", ROW.formatted(2));
        write("notes.txt", "no data");
        assertThat(read(List.of())).extracting(ChoiceItem::language).containsExactly("it", "th");
        assertThat(read(List.of("th"))).extracting(ChoiceItem::language).containsExactly("th");
    }

    @Test
    void aMissingLanguageIsNamedWithThoseThatAreThere() throws IOException {
        write("val.it.jsonl", ROW.formatted(1));
        assertThatThrownBy(() -> read(List.of("sw")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no data for the language 'sw'")
                .hasMessageContaining("has it");
    }

    @Test
    void aFileWhoseNameTellsNoLanguageIsRefused() throws IOException {
        write("xx/questions.jsonl", ROW.formatted(1));
        assertThatThrownBy(() -> read(List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("questions.jsonl: its name tells no language")
                .hasMessageContaining("et, ht, id");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        write("val.it.jsonl", "\n\n");
        assertThatThrownBy(() -> read(List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("val.it.jsonl: is empty");
    }

    @Test
    void aFolderWithoutDataIsRefused() {
        assertThatThrownBy(() -> read(List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the folder holds none of .json, .jsonl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'premise':'P.'              | Unexpected end-of-input",
                "[1, 2]                       | a JSON object is needed",
                "'label':2                    | field 'label' is 2, but the 2 options are numbered 0 to 1",
                "'label':-1                   | field 'label' is -1",
                "'label':'x'                  | field 'label' must be a whole number",
                "'label':0,'choice2':''       | field 'choice2' must be text, is \"\"",
                "'label':0,'choice1':7        | field 'choice1' must be text, is 7",
                "'label':0,'question':'why'   | must be cause or effect",
                "'choice1':'A','choice2':'B'  | field 'label' must be a whole number, is not there (the row has",
            },
            quoteCharacter = '`')
    void aWrongRowIsRefusedWithFileAndLine(String row, String message) throws IOException {
        String text = row.matches("[{\\[].*") ? row : changed(row);
        write("val.it.jsonl", ROW.formatted(1) + "\n" + text.replace('\'', '"') + "\n");
        assertThatThrownBy(() -> read(List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("val.it.jsonl:3: ")
                .hasMessageContaining(message);
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithFileAndLine() throws IOException {
        Files.write(folder.resolve("val.it.jsonl"), "{\"premise\":\"caffè\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("val.it.jsonl:1: ")
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void examplesAreTheFirstOthers() throws IOException {
        write("val.it.jsonl", ROW.formatted(1) + ROW.formatted(2) + ROW.formatted(3));
        List<ChoiceItem> items = data(2).read(List.of(folder), List.of(), List.of());
        assertThat(context(items.get(0))).isEqualTo("P2 perché a.\n\nP3 perché a.\n\nP1 perché");
        assertThat(context(items.get(2))).isEqualTo("P1 perché a.\n\nP2 perché a.\n\nP3 perché");
        assertThatThrownBy(() -> data(3).read(List.of(folder), List.of(), List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("val.it.jsonl:1: only 2 of 3 examples");
    }

    @Test
    void examplesMayComeFromOtherFiles() throws IOException {
        write("test.it.jsonl", ROW.formatted(1));
        write("dev/it.jsonl", ROW.formatted(8) + ROW.formatted(9));
        List<ChoiceItem> items = data(1).read(
                        List.of(folder.resolve("test.it.jsonl")), List.of(folder.resolve("dev")), List.of());
        assertThat(context(items.get(0))).isEqualTo("P8 perché a.\n\nP1 perché");
    }

    @Test
    void randomExamplesAreThoseOfPython() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            rows.append(ROW.formatted(i));
        }
        write("val.it.jsonl", rows.toString());
        FewShot two = new FewShot(2, FewShot.Order.RANDOM, FewShot.SEED);
        List<ChoiceItem> items = new ChoiceData(task(), 30, two).read(List.of(folder), List.of(), List.of());
        // r = random.Random(1234); for each i: [x for x in r.sample(range(30), 3) if x != i][:2]
        for (int i = 0; i < PYTHON.length; i++) {
            assertThat(items.get(i).examples())
                    .extracting(ChoiceItem.Example::context)
                    .containsExactly("P" + PYTHON[i][0] + " perché", "P" + PYTHON[i][1] + " perché");
        }
    }

    @Test
    void fromOtherFilesAsManyExamplesAreDrawnAsTheTaskDraws() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            rows.append(ROW.formatted(i));
        }
        write("dev/it.jsonl", rows.toString());
        write("test.it.jsonl", ROW.formatted(100) + ROW.formatted(101));
        FewShot two = new FewShot(2, FewShot.Order.RANDOM, FewShot.SEED);
        List<ChoiceItem> items = new ChoiceData(task(), 30, two)
                .read(List.of(folder.resolve("test.it.jsonl")), List.of(folder.resolve("dev")), List.of());
        // r = random.Random(1234); r.sample(range(30), 2) twice: no spare one is drawn for XCOPA
        assertThat(items.get(0).examples())
                .extracting(ChoiceItem.Example::context)
                .containsExactly("P" + WITHOUT_SPARE[0][0] + " perché", "P" + WITHOUT_SPARE[0][1] + " perché");
        assertThat(items.get(1).examples())
                .extracting(ChoiceItem.Example::context)
                .containsExactly("P" + WITHOUT_SPARE[1][0] + " perché", "P" + WITHOUT_SPARE[1][1] + " perché");
    }

    @Test
    void theLimitCountsForEachLanguage() throws IOException {
        write("val.it.jsonl", ROW.formatted(1) + ROW.formatted(2));
        write("val.th.jsonl", ROW.formatted(1) + ROW.formatted(2));
        assertThat(new ChoiceData(task(), 1, FewShot.NONE).read(List.of(folder), List.of(), List.of())).hasSize(2);
    }

    /** A row of which these fields are given and the others are right. */
    private static String changed(String fields) {
        StringBuilder row = new StringBuilder("{" + fields);
        for (String other : List.of("'premise':'P.'", "'choice1':'A'", "'choice2':'B'", "'question':'cause'")) {
            row.append(fields.contains(other.substring(0, other.indexOf(':'))) ? "" : "," + other);
        }
        return row.append("}").toString();
    }

    private List<ChoiceItem> read(List<String> languages) throws IOException {
        return data(0).read(List.of(folder), List.of(), languages);
    }

    private static ChoiceData data(int shots) {
        return new ChoiceData(task(), 100, new FewShot(shots, FewShot.Order.FIRST_N, FewShot.SEED));
    }

    private static String context(ChoiceItem item) {
        return new PlainPrompt().context(item, item.options().get(0));
    }

    private static ChoiceTask task() {
        return ChoiceTasks.named("xcopa").orElseThrow();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

package org.bayling.evaluation.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bayling.data.DataException;
import org.bayling.evaluation.results.ItemsFile.Group;
import org.bayling.evaluation.results.ResultItem.Translation;
import org.bayling.evaluation.results.ResultItem.Valued;
import org.bayling.evaluation.results.Score.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFolderTest {
    @TempDir
    private Path folder;

    @Property(tries = 60)
    void whatIsWrittenIsReadAgain(
            @ForAll("scores") List<Score> scores, @ForAll("items") List<ResultItem> items, @ForAll String name)
            throws IOException {
        Path place = Files.createTempDirectory("evaluation-folder");
        try {
            EvaluationResults results =
                    new EvaluationResults(sound(name), "suite", "a model", "f00", Map.of("beams", "5"), scores);
            EvaluationFolder.write(place, results, items.iterator());
            assertThat(EvaluationFolder.read(place)).isEqualTo(results);
            ItemsFile file = ItemsFile.open(place);
            for (Group group : file.groups()) {
                List<ResultItem> ofGroup = items.stream()
                        .filter(item -> new Group(item.task(), item.source(), item.language()).equals(group))
                        .toList();
                assertThat(file.read(group)).isEqualTo(ofGroup).isNotEmpty();
            }
            assertThat(file.groups()).hasSize((int) items.stream()
                    .map(item -> new Group(item.task(), item.source(), item.language()))
                    .distinct()
                    .count());
        } finally {
            delete(place);
        }
    }

    @Provide
    Arbitrary<List<Score>> scores() {
        Arbitrary<String> text = texts();
        Arbitrary<Optional<String>> perhaps = text.optional();
        Arbitrary<Double> number = Arbitraries.oneOf(
                Arbitraries.doubles(), Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE));
        Arbitrary<Optional<Interval>> interval =
                Combinators.combine(number, number).as(Interval::new).optional();
        return Combinators.combine(
                        text, perhaps, perhaps, text, number, interval, number.optional(), Arbitraries.integers().greaterOrEqual(0))
                .as((task, source, language, metric, value, range, error, size) -> new Score(
                        task,
                        source,
                        language,
                        metric,
                        value,
                        range,
                        error.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                        size,
                        source))
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<ResultItem>> items() {
        Arbitrary<String> text = texts();
        Arbitrary<String> code = Arbitraries.of("en", "zho_Hans", "\"\n");
        Arbitrary<ResultItem> translation = Combinators.combine(
                        Arbitraries.of("t", "u"), code, code, text, text, text, text.list().ofMinSize(1).ofMaxSize(3))
                .as(Translation::new);
        Arbitrary<ResultItem> valued = Combinators.combine(
                        Arbitraries.of("t", "u"),
                        code,
                        text,
                        Arbitraries.integers().between(0, 4).optional(),
                        Arbitraries.maps(text, Arbitraries.doubles()).ofMaxSize(2))
                .as((task, language, item, gold, values) -> new Valued(
                        task, language, item, gold.map(OptionalInt::of).orElse(OptionalInt.empty()), values));
        return Arbitraries.oneOf(translation, valued).list().ofMaxSize(12);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(8).map(EvaluationFolderTest::sound);
    }

    /** Without halves of surrogate pairs, which no file in UTF-8 can hold. */
    private static String sound(String text) {
        return text.codePoints()
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void aFolderWithoutResultsIsRefused() {
        assertThatThrownBy(() -> EvaluationFolder.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(folder + ": holds no results.json");
    }

    @Test
    void damagedResultsAreRefusedWithTheLine() throws IOException {
        Files.writeString(folder.resolve("results.json"), "{\n\"format\": \"bayling-evaluation\",\n oops}");
        assertThatThrownBy(() -> EvaluationFolder.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("results.json:3: is no JSON");
    }

    @Test
    void foreignAndNewerResultsAreRefused() throws IOException {
        Files.writeString(folder.resolve("results.json"), "{\"results\":{}}");
        assertThatThrownBy(() -> EvaluationFolder.read(folder)).hasMessageContaining("is not the result of an evaluation");
        Files.writeString(folder.resolve("results.json"), "{\"format\":\"bayling-evaluation\",\"version\":2}");
        assertThatThrownBy(() -> EvaluationFolder.read(folder)).hasMessageContaining("is of version 2");
    }

    @Test
    void aScoreWithoutItsMetricIsRefusedByItsPlace() throws IOException {
        Files.writeString(
                folder.resolve("results.json"),
                "{\"format\":\"bayling-evaluation\",\"version\":1,\"scores\":[{\"task\":\"t\",\"value\":1,\"size\":2}]}");
        assertThatThrownBy(() -> EvaluationFolder.read(folder)).hasMessageContaining("scores[0]: 'metric' is absent");
    }

    @Test
    void aDamagedItemIsRefusedWithFileAndLine() throws IOException {
        String good = "{\"task\":\"t\",\"language\":\"en\",\"item\":\"1\",\"values\":{}}\n";
        for (String bad : List.of("{\"task\":\"t\"", "[]\n", "\n", "{\"task\":\"t\",\"values\":{}}\n")) {
            Files.writeString(folder.resolve("items.jsonl"), good + bad);
            assertThatThrownBy(() -> ItemsFile.open(folder))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("items.jsonl:2: ");
        }
    }

    @Test
    void writingAgainReplacesBothFilesAndLeavesOthersAlone() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        EvaluationResults results = new EvaluationResults("n", "choice", "m", "f", Map.of(), List.of());
        List<ResultItem> items = new ArrayList<>();
        items.add(new Valued("t", "en", "1", OptionalInt.of(0), Map.of("acc", 1.0)));
        EvaluationFolder.write(folder, results, items.iterator());
        EvaluationFolder.write(folder, results, List.<ResultItem>of().iterator());
        assertThat(ItemsFile.open(folder).groups()).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("items.jsonl", "notes.txt", "results.json");
        }
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> tree = Files.walk(place)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package org.bayling.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.DataException;
import org.bayling.evaluation.report.ScoreRow.Paired;
import org.bayling.evaluation.results.EvaluationFolder;
import org.bayling.evaluation.results.EvaluationResults;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.ResultItem.Translation;
import org.bayling.evaluation.results.Score;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.evaluation.translation.Chrf;
import org.bayling.evaluation.translation.SegmentTable;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class EvaluationReportTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();
    private static final TaskProgress QUIET = (what, done, total, unit) -> {};
    private static final List<String> FEW = List.of("deu_Latn", "arb_Arab", "kaz_Cyrl");

    @TempDir
    private static Path demo;

    @TempDir
    private Path folder;

    private static EvaluationReport report;

    @BeforeAll
    static void twoSystems() throws IOException {
        DemoEvaluations writer = new DemoEvaluations(12, FEW, Optional.empty());
        report = report(
                writer.write(demo.resolve("base"), "models/base", 0.5),
                writer.write(demo.resolve("tuned"), "runs/tuned", 0.8));
    }

    private static EvaluationReport report(Path... folders) throws IOException {
        return EvaluationReport.of(EvaluatedSystem.read(List.of(folders), List.of()), REGISTRY, QUIET);
    }

    @Test
    void systemsAreNamedByTheirModels() {
        assertThat(report.names()).containsExactly("base", "tuned");
    }

    @Test
    void aTranslationIsTestedByThePairedBootstrapOverItsItems() throws IOException {
        ScoreRow row = row("flores-200", "eng_Latn", "deu_Latn", "chrf++");
        Paired paired = row.values().get(1).orElseThrow().comparison().orElseThrow();
        List<EvaluatedSystem> systems = report.systems();
        List<SegmentTable> tables = new ArrayList<>();
        for (EvaluatedSystem system : systems) {
            List<Translation> items = system.items(row.key()).stream().map(Translation.class::cast).toList();
            tables.add(SegmentTable.of(
                    Chrf.chrf2PlusPlus(),
                    items.stream().map(Translation::hypothesis).toList(),
                    items.stream().map(Translation::references).toList()));
        }
        OptionalDouble p = new Bootstrap(1000, 12345).compare(Chrf.chrf2PlusPlus(), tables).get(1).pValue();
        assertThat(paired.pValue()).isEqualTo(p).isPresent();
        assertThat(paired.test()).isEqualTo("paired bootstrap");
        assertThat(paired.significant()).isTrue();
    }

    @Test
    void anAccuracyIsTestedByMcNemarAndShownInPercent() {
        ScoreRow row = report.rows().stream()
                .filter(of -> of.key().task().equals("xcopa"))
                .findFirst()
                .orElseThrow();
        ScoreRow.Value tuned = row.values().get(1).orElseThrow();
        assertThat(tuned.points()).isBetween(50.0, 100.0);
        assertThat(tuned.comparison().orElseThrow().test()).isEqualTo("McNemar");
        assertThat(tuned.high().orElseThrow() - tuned.points()).isCloseTo(
                1.959963984540054 * 100 * Math.sqrt(tuned.points() / 100 * (1 - tuned.points() / 100) / 47),
                within(1e-9));
    }

    @Test
    void meansOfGroupsAreOfTheirScores() {
        GroupMean mean = report.means(GroupMean.Kind.DIRECTION).stream()
                .filter(of -> of.group().equals("en → x") && of.metric().key().equals("bleu"))
                .findFirst()
                .orElseThrow();
        double sum = 0;
        for (String language : List.of("deu_Latn", "arb_Arab", "kaz_Cyrl", "zho_Hans")) {
            sum += row("flores-200", "eng_Latn", language, "bleu").values().get(1).orElseThrow().points();
        }
        assertThat(mean.size()).isEqualTo(4);
        assertThat(mean.means().get(1)).isCloseTo(sum / 4, within(1e-9));
    }

    @Test
    void languagesAreGroupedByTheSideThatIsNotThePivot() {
        assertThat(report.means(GroupMean.Kind.SCRIPT))
                .extracting(GroupMean::group)
                .contains("x → en, Arab", "en → x, Cyrl", "x → zh, Latn", "zh → x, Arab", "en → x, Hans");
        assertThat(report.means(GroupMean.Kind.RESOURCES))
                .extracting(GroupMean::group)
                .contains("x → en, high", "x → en, mid", "x → en, low");
    }

    @Test
    void thePageIsWellFormedAndHoldsItsFigures() throws Exception {
        String page = page(report);
        Document document = xml(page);
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(3);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(page).contains("Means by direction", "languages by tasks", "Groups by resource class", "By language");
    }

    @Test
    void everyFormatHasTheSameNumbers() throws IOException {
        ReportText text = new ReportText(report, Optional.empty());
        Map<String, Double> csv = new HashMap<>();
        try (CSVParser parser = CSVParser.parse(text.csv(), CSVFormat.DEFAULT.builder().setHeader().get())) {
            for (CSVRecord line : parser) {
                String key = line.get("task") + line.get("source") + line.get("language") + line.get("group_kind")
                        + line.get("group") + line.get("metric") + line.get("system");
                assertThat(csv.put(key, Double.valueOf(line.get("value")))).isNull();
            }
        }
        int seen = 0;
        JsonNode json = new ObjectMapper().readTree(text.json());
        for (String list : List.of("scores", "means")) {
            for (JsonNode row : json.get(list)) {
                for (Map.Entry<String, JsonNode> system : row.get("systems").properties()) {
                    String key = row.path("task").asText() + row.path("source").asText() + row.path("language").asText()
                            + row.path("group_kind").asText() + row.path("group").asText() + row.path("metric").asText()
                            + system.getKey();
                    assertThat(csv).containsEntry(key, system.getValue().get("value").doubleValue());
                    seen++;
                }
            }
        }
        assertThat(csv).hasSize(seen);
        String german = ReportMetric.of("bleu").format(row("flores-200", "deu_Latn", "eng_Latn", "bleu")
                .values().get(1).orElseThrow().points());
        assertThat(text.markdown()).contains("| deu\\_Latn | German | Latn | high |").contains(german);
        assertThat(page(report)).contains(german);
    }

    @Test
    void namesAndTextsOfOthersBecomeTextInEveryFormat() throws Exception {
        String evil = "</script><svg onload=alert(1)>\"'|`=\u0000\u202e";
        EvaluationReport hostile = report(
                choice(folder.resolve("a"), evil + "1", evil, evil, 0.5),
                choice(folder.resolve("b"), evil + "2", evil, evil, 0.7));
        Document document = xml(page(hostile));
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        for (int i = 0; i < document.getElementsByTagName("svg").getLength(); i++) {
            assertThat(document.getElementsByTagName("svg").item(i).getAttributes().getNamedItem("onload")).isNull();
        }
        ReportText text = new ReportText(hostile, Optional.empty());
        assertThat(text.markdown()).contains("\\<svg").doesNotContainPattern("(?<!\\\\)<");
        assertThat(new ObjectMapper().readTree(text.json()).at("/scores/0/task").asText()).isEqualTo(evil);
    }

    @Test
    void aTextThatASpreadsheetWouldRunIsNotAFormulaInCsv() throws IOException {
        EvaluationReport one = report(choice(folder.resolve("a"), "m", "=1+1", "-2+3", 0.5));
        assertThat(new ReportText(one, Optional.empty()).csv()).contains(",'=1+1,").contains(",'-2+3,");
    }

    @Test
    void oneSystemAloneIsReportedWithoutComparison() throws Exception {
        EvaluationReport one = report(demo.resolve("base"));
        xml(page(one));
        assertThat(new ReportText(one, Optional.empty()).csv()).doesNotContain("bootstrap");
        assertThat(one.tests()).isEmpty();
    }

    @Test
    void foldersOfOneModelThatMeasureDifferentThingsAreOneSystem() throws IOException {
        Path first = choice(folder.resolve("a"), "m", "xcopa", "en", 0.5);
        Path second = choice(folder.resolve("b"), "m", "arc", "en", 0.5);
        Path again = choice(folder.resolve("c"), "m", "arc", "en", 0.6);
        List<EvaluatedSystem> systems = EvaluatedSystem.read(List.of(first, second, again), List.of());
        assertThat(systems).extracting(EvaluatedSystem::name).containsExactly("a", "c");
        assertThat(systems.get(0).folders()).containsExactly(first, second);
    }

    @Test
    void differentReferencesCannotBeCompared() throws IOException {
        Path first = translation(folder.resolve("a"), "one", "the cat");
        Path second = translation(folder.resolve("b"), "two", "a cat");
        assertThatThrownBy(() -> report(first, second))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("item '7' is another one in the other");
    }

    @Test
    void aScoreThatDoesNotComeOutOfTheItemsIsNotTested() throws IOException {
        Path first = translation(folder.resolve("a"), "one", "the cat");
        Path second = translation(folder.resolve("b"), "two", "the cat");
        assertThat(report(first, second).tests()).isEmpty();
    }

    static Path choice(Path folder, String model, String task, String language, double accuracy) throws IOException {
        Score score = new Score(
                task,
                Optional.empty(),
                Optional.of(language),
                "acc",
                accuracy,
                Optional.empty(),
                OptionalDouble.of(0.01),
                100,
                Optional.empty());
        EvaluationFolder.write(
                folder,
                new EvaluationResults("n", "choice", model, "f" + model, Map.of("k\"<", model), List.of(score)),
                List.<ResultItem>of().iterator());
        return folder;
    }

    /** One segment with a made-up score. */
    private static Path translation(Path folder, String model, String reference) throws IOException {
        Score score = new Score(
                "t",
                Optional.of("de"),
                Optional.of("en"),
                "chrf++",
                12.5,
                Optional.empty(),
                OptionalDouble.empty(),
                1,
                Optional.empty());
        List<ResultItem> items =
                List.of(new Translation("t", "de", "en", "7", "die Katze", "the cat", List.of(reference)));
        EvaluationFolder.write(
                folder,
                new EvaluationResults("n", "translation", model, model, Map.of(), List.of(score)),
                items.iterator());
        return folder;
    }

    private static ScoreRow row(String task, String source, String language, String metric) {
        ScoreKey key = new ScoreKey(task, Optional.of(source), Optional.of(language), metric);
        return report.rows().stream().filter(row -> row.key().equals(key)).findFirst().orElseThrow();
    }

    private static String page(EvaluationReport of) throws IOException {
        return new EvaluationPage(of, Optional.empty(), Map.of(), List.of()).html();
    }

    private static Document xml(String page) throws Exception {
        String main = page.substring(page.indexOf("<main>"), page.indexOf("</main>") + "</main>".length());
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(main.getBytes(StandardCharsets.UTF_8)));
    }
}

package org.bayling.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.DataException;
import org.bayling.evaluation.results.EvaluationFolder;
import org.bayling.evaluation.results.EvaluationResults;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionGuardTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "acc, 0.600, 0.596, true",
        "acc, 0.600, 0.595, true",
        "acc, 0.600, 0.594, false",
        "bleu, 30.0, 29.5, true",
        "bleu, 30.0, 29.4, false",
        "bleu, 30.0, 40.0, true",
        "ter, 50.0, 50.5, true",
        "ter, 50.0, 50.6, false",
        "ter, 50.0, 10.0, true",
        "bits_per_byte, 1.0, 1.6, false",
        "word_perplexity, 20.0, 20.6, false",
        "word_perplexity, 20.0, 12.0, true"
    })
    void aScoreMayBeWorseByTheToleranceInPoints(String metric, double before, double now, boolean passed)
            throws IOException {
        EvaluationReport report = report(List.of(of("zh", metric, before)), List.of(of("zh", metric, now)));
        RegressionGuard guard = RegressionGuard.check(report, List.of("zh"), 0.5, REGISTRY);
        assertThat(guard.passed()).isEqualTo(passed);
        assertThat(guard.checked()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "zho_Hans", "Chinese", "zho", "中文"})
    void languagesAreNamedInAnyForm(String name) throws IOException {
        EvaluationReport report = report(List.of(of("zho_Hans", "acc", 0.9)), List.of(of("zho_Hans", "acc", 0.1)));
        RegressionGuard guard = RegressionGuard.check(report, List.of(name), 0.5, REGISTRY);
        assertThat(guard.losses()).hasSize(1);
        assertThat(String.join("\n", guard.lines())).contains("zho_Hans, acc").contains("90.0").contains("80.00");
    }

    @Test
    void eitherSideOfADirectionCountsAndOtherLanguagesDoNot() throws IOException {
        EvaluationReport report = report(
                List.of(pair("en", "de", 30), pair("fr", "en", 30), pair("fr", "de", 30)),
                List.of(pair("en", "de", 20), pair("fr", "en", 20), pair("fr", "de", 20)));
        RegressionGuard guard = RegressionGuard.check(report, List.of("English"), 0.5, REGISTRY);
        assertThat(guard.checked()).isEqualTo(2);
        assertThat(guard.losses()).extracting(RegressionGuard.Loss::measured).containsExactly(
                "t en → de, bleu", "t fr → en, bleu");
    }

    @Test
    void aLanguageWithoutAnyScoreIsAnError() throws IOException {
        EvaluationReport report = report(List.of(of("zh", "acc", 0.5)), List.of(of("zh", "acc", 0.5)));
        assertThatThrownBy(() -> RegressionGuard.check(report, List.of("zh", "en"), 0.5, REGISTRY))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there is no score of 'en'");
    }

    @Test
    void aScoreThatOnlyOneHasIsAnErrorOnEitherSide() throws IOException {
        List<Score> one = List.of(of("zh", "acc", 0.5));
        List<Score> two = List.of(of("zh", "acc", 0.5), of("zh", "acc_norm", 0.5));
        for (EvaluationReport report : List.of(report(one, two), report(two, one))) {
            assertThatThrownBy(() -> RegressionGuard.check(report, List.of("zh"), 0.5, REGISTRY))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("has no score of t zh, acc_norm");
        }
    }

    @Test
    void meansThatAnEvaluationWroteAndCountsOfOutputsAreNotGuarded() throws IOException {
        Score mean = of("en", "bleu", 25);
        EvaluationReport report = report(
                List.of(pair("de", "en", 30), pair("fr", "en", 20), mean),
                List.of(pair("de", "en", 30), pair("fr", "en", 20), of("en", "bleu", 3), of("de", "empty", 4)));
        RegressionGuard guard = RegressionGuard.check(report, List.of("en"), 0.5, REGISTRY);
        assertThat(guard.checked()).isEqualTo(2);
        assertThat(guard.passed()).isTrue();
        assertThat(report.rows()).hasSize(2);
    }

    @Test
    void aScoreThatIsNoNumberIsAnError() throws IOException {
        EvaluationReport report = report(List.of(of("zh", "bleu", 20)), List.of(of("zh", "bleu", Double.NaN)));
        assertThatThrownBy(() -> RegressionGuard.check(report, List.of("zh"), 0.5, REGISTRY))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is NaN");
    }

    private static Score of(String language, String metric, double value) {
        return new Score(
                "t",
                Optional.empty(),
                Optional.of(language),
                metric,
                value,
                Optional.empty(),
                OptionalDouble.empty(),
                10,
                Optional.empty());
    }

    private static Score pair(String source, String language, double value) {
        return new Score(
                "t",
                Optional.of(source),
                Optional.of(language),
                "bleu",
                value,
                Optional.empty(),
                OptionalDouble.empty(),
                10,
                Optional.empty());
    }

    private EvaluationReport report(List<Score> before, List<Score> now) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (List<Score> scores : List.of(before, now)) {
            Path place = folder.resolve("system" + folders.size());
            String model = "m" + folders.size();
            EvaluationFolder.write(
                    place,
                    new EvaluationResults("n", "choice", model, model, Map.of(), scores),
                    List.<ResultItem>of().iterator());
            folders.add(place);
        }
        return EvaluationReport.of(
                EvaluatedSystem.read(folders, List.of()), REGISTRY, (what, done, total, unit) -> {});
    }
}

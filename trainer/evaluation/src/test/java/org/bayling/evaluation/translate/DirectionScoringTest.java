package org.bayling.evaluation.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.Score;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.evaluation.translation.Bleu;
import org.bayling.evaluation.translation.BleuTokenizer;
import org.bayling.evaluation.translation.Chrf;
import org.junit.jupiter.api.Test;

class DirectionScoringTest {
    private static final List<String> SOURCES = List.of("One dog.", "Two dogs are there.", "No dog is here.");
    private static final List<String> REFERENCES = List.of("Ein Hund.", "Zwei Hunde sind da.", "Kein Hund ist hier.");
    private static final List<String> OUTPUTS =
            List.of("Ein Hund.\n", "Two dogs are there.", "Ein Hund ist hier " + "da ".repeat(40));

    private static TranslatedDirection direction(String from, String to, List<String> outputs) {
        SomeLanguages languages = new SomeLanguages();
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < SOURCES.size(); i++) {
            segments.add(new Segment("some/text:" + (i + 1), SOURCES.get(i), List.of(REFERENCES.get(i))));
        }
        OutputCleaning cleaning = new OutputCleaning(false);
        return new TranslatedDirection(
                new DirectionTexts(
                        new Direction(from, to),
                        languages.find(from).orElseThrow(),
                        languages.find(to).orElseThrow(),
                        segments),
                outputs.stream().map(cleaning::clean).toList());
    }

    private static List<Score> scores(TranslatedDirection translated, String... metrics) throws IOException {
        MetricChoice choice =
                new MetricChoice(List.of(metrics), Optional.empty(), Optional.empty(), MetricChoice.SPM_NAME);
        return new DirectionScoring("set", choice.load(), Optional.of(new Bootstrap(100, 1)), true, "1")
                .scores(translated);
    }

    private static Map<String, Score> byMetric(List<Score> scores) {
        return scores.stream().collect(Collectors.toMap(Score::metric, Function.identity()));
    }

    @Test
    void scoresAreThoseOfTheMetricsAndOutputsAreCounted() throws IOException {
        TranslatedDirection translated = direction("en", "de", OUTPUTS);
        Map<String, Score> scores = byMetric(scores(translated, "bleu", "chrf++", "ter"));
        assertThat(scores.get("bleu").value())
                .isEqualTo(Bleu.standard().corpus(translated.hypotheses(), translated.texts().references()));
        assertThat(scores.get("chrf++").value())
                .isEqualTo(Chrf.chrf2PlusPlus().corpus(translated.hypotheses(), translated.texts().references()));
        assertThat(scores.get("bleu").signature())
                .hasValue("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0+bayling.1");
        Score.Interval interval = scores.get("chrf++").interval().orElseThrow();
        assertThat(interval.low()).isLessThan(interval.high());
        assertThat(scores.get("copied").value()).isOne();
        assertThat(scores.get("overlong").value()).isOne();
        assertThat(scores.get("empty").value()).isZero();
        assertThat(scores.get("ter").size()).isEqualTo(3);
    }

    @Test
    void bleuCutsWordsAsTheTargetLanguageNeedsIt() throws IOException {
        TranslatedDirection chinese = direction("en", "zh", REFERENCES);
        assertThat(byMetric(scores(chinese, "bleu")).get("bleu").signature().orElseThrow()).contains("tok:zh");
        TranslatedDirection japanese = direction("en", "ja", OUTPUTS);
        Score bleu = byMetric(scores(japanese, "bleu")).get("bleu");
        assertThat(bleu.signature().orElseThrow()).contains("tok:char");
        assertThat(bleu.value())
                .isEqualTo(Bleu.of(BleuTokenizer.CHAR).corpus(japanese.hypotheses(), japanese.texts().references()));
    }

    @Test
    void metricsAndTokenizersThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> scores(direction("en", "de", OUTPUTS), "comet"))
                .hasMessageContaining("COMET is unavailable");
        assertThatThrownBy(() -> scores(direction("en", "de", OUTPUTS), "spbleu"))
                .hasMessageContaining("spbleu needs its SentencePiece model");
        assertThatThrownBy(() -> new MetricChoice(
                        List.of("bleu"), Optional.of("ja-mecab"), Optional.empty(), MetricChoice.SPM_NAME))
                .hasMessageContaining("needs MeCab");
        assertThatThrownBy(() -> new MetricChoice(
                        List.of("bleu"), Optional.of("14a"), Optional.empty(), MetricChoice.SPM_NAME))
                .hasMessageContaining("tokenizer '14a' is none of 13a");
    }

    @Test
    void meansAreOverDirectionsIntoAndOutOfPivotsAndOverAll() throws IOException {
        List<TranslationResults.Row> rows = new ArrayList<>();
        for (TranslatedDirection translated : List.of(
                direction("de", "en", OUTPUTS), direction("ja", "en", REFERENCES), direction("en", "de", OUTPUTS))) {
            rows.add(new TranslationResults.Row(translated, scores(translated, "chrf")));
        }
        List<Score> means = new TranslationResults("set", rows)
                .scores().stream()
                        .filter(score -> score.metric().equals("chrf"))
                        .skip(3)
                        .toList();
        double first = rows.get(0).scores().get(0).value();
        double third = rows.get(2).scores().get(0).value();
        assertThat(means).hasSize(2); // only one direction is out of English
        assertThat(means.get(0).source()).isEmpty();
        assertThat(means.get(0).language()).hasValue("en");
        assertThat(means.get(0).value()).isCloseTo((first + 100) / 2, offset(1e-9));
        assertThat(means.get(1).language()).isEmpty();
        assertThat(means.get(1).value()).isCloseTo((first + 100 + third) / 3, offset(1e-9));
        assertThat(means.get(1).size()).isEqualTo(9);
    }

    @Test
    void theTableHasARowForEachDirectionAndSaysThatCometIsUnavailable() throws IOException {
        TranslatedDirection translated = direction("en", "de", OUTPUTS);
        TranslationResults.Row row = new TranslationResults.Row(translated, scores(translated, "bleu"));
        TranslationResults results = new TranslationResults("set", List.of(row));
        List<String> table = TranslationTable.text(results);
        assertThat(table.get(0)).startsWith("set").contains("segments", "BLEU", "empty", "copied", "overlong");
        assertThat(table.get(2)).startsWith("en → de");
        assertThat(table).anyMatch(line -> line.startsWith("COMET: unavailable"));
        assertThat(table).anyMatch(line -> line.startsWith("BLEU: nrefs:1|"));
        assertThat(TranslationTable.csv(results).get(1)).startsWith("set,en,de,bleu,");
        assertThat(results.items().get(0))
                .isEqualTo(new ResultItem.Translation(
                        "set", "en", "de", "text:1", "One dog.", "Ein Hund.", List.of("Ein Hund.")));
    }
}

package org.bayling.evaluation.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bayling.evaluation.translation.Bleu.SmoothMethod;
import org.bayling.evaluation.translation.Bleu.Smoothing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Four language pairs, both directions, one and two references, corpus and sentences, against sacreBLEU's numbers. */
class MetricGoldenTest {
    private static final Map<String, SmoothMethod> METHODS = Map.of(
            "exp",
            SmoothMethod.EXP,
            "floor",
            SmoothMethod.FLOOR,
            "add-k",
            SmoothMethod.ADD_K,
            "none",
            SmoothMethod.NONE);

    @ParameterizedTest
    @CsvSource({"bleu, 160", "chrf, 96", "ter, 80"})
    void everyScoreEqualsSacrebleusInCorpusAndSentences(String kind, int settings) throws IOException {
        Goldens goldens = Goldens.open();
        int compared = 0;
        for (JsonNode entry : goldens.scores()) {
            if (entry.get("metric").asText().equals(kind)) {
                compare(goldens, entry, metric(kind, entry.get("options")));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(settings);
    }

    private static TranslationMetric metric(String kind, JsonNode options) {
        return switch (kind) {
            case "bleu" -> bleu(options);
            case "chrf" ->
                new Chrf(
                        options.path("char_order").asInt(6),
                        options.path("word_order").asInt(0),
                        options.path("beta").asDouble(2),
                        options.path("lowercase").asBoolean(),
                        options.path("whitespace").asBoolean(),
                        options.path("eps_smoothing").asBoolean());
            default ->
                new Ter(
                        options.path("normalized").asBoolean(),
                        options.path("no_punct").asBoolean(),
                        options.path("asian_support").asBoolean(),
                        options.path("case_sensitive").asBoolean());
        };
    }

    private static Bleu bleu(JsonNode options) {
        SmoothMethod method = METHODS.get(options.path("smooth_method").asText("exp"));
        Smoothing smoothing = options.has("smooth_value")
                ? new Smoothing(method, options.get("smooth_value").asDouble())
                : Smoothing.of(method);
        return new Bleu(
                BleuTokenizer.named(options.get("tokenize").asText()).orElseThrow(),
                options.path("lowercase").asBoolean(),
                smoothing,
                4,
                options.path("effective_order").asBoolean());
    }

    private static void compare(Goldens goldens, JsonNode entry, TranslationMetric metric) throws IOException {
        String set = entry.get("set").asText();
        int count = entry.get("references").asInt();
        List<String> hypotheses = goldens.lines(set + ".hyp.gz");
        List<List<String>> references = goldens.references(set, count);
        String name = set + " " + entry.get("signature").asText();
        assertThat(metric.signature(SignatureContext.of(count, "1.2.3")))
                .isEqualTo(entry.get("signature").asText() + "+bayling.1.2.3");
        MetricScore corpus = metric.scoreCorpus(hypotheses, references);
        assertThat(corpus.score()).as(name).isCloseTo(entry.get("score").asDouble(), within(1e-9));
        compareParts(corpus, entry, name);
        TranslationMetric ofSentences = metric.forSentences();
        JsonNode sentences = entry.get("sentences");
        assertThat(sentences).isNotEmpty();
        for (int i = 0; i < sentences.size(); i++) {
            assertThat(ofSentences.sentence(hypotheses.get(i), references.get(i)))
                    .as(name + ", sentence " + (i + 1))
                    .isCloseTo(sentences.get(i).asDouble(), within(1e-9));
        }
    }

    private static void compareParts(MetricScore score, JsonNode entry, String name) {
        if (score instanceof MetricScore.Bleu bleu) {
            assertThat(bleu.counts()).as(name).isEqualTo(doubles(entry.get("counts")));
            assertThat(bleu.totals()).as(name).isEqualTo(doubles(entry.get("totals")));
            assertThat(bleu.hypothesisLength())
                    .as(name)
                    .isEqualTo(entry.get("sys_len").asLong());
            assertThat(bleu.referenceLength())
                    .as(name)
                    .isEqualTo(entry.get("ref_len").asLong());
            assertThat(bleu.brevityPenalty()).as(name).isCloseTo(entry.get("bp").asDouble(), within(1e-12));
        } else if (score instanceof MetricScore.Ter ter) {
            assertThat(ter.edits()).as(name).isEqualTo(entry.get("edits").asLong());
            assertThat(ter.referenceLength())
                    .as(name)
                    .isEqualTo(entry.get("ref_length").asDouble());
        }
    }

    private static List<Double> doubles(JsonNode array) {
        List<Double> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asDouble()));
        return values;
    }
}

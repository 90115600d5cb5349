package org.bayling.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bayling.evaluation.translation.Bleu;
import org.bayling.evaluation.translation.Bleu.Smoothing;
import org.bayling.evaluation.translation.BleuTokenizer;
import org.bayling.evaluation.translation.Chrf;
import org.bayling.evaluation.translation.Goldens;
import org.bayling.evaluation.translation.SegmentTable;
import org.bayling.evaluation.translation.SignatureContext;
import org.bayling.evaluation.translation.Ter;
import org.bayling.evaluation.translation.TranslationMetric;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three systems on two sets: the damaged references, the second ones, and a mixture of both, where every sixteenth line
 * is of the second. The figures are what sacreBLEU's PairedTest and confidence intervals gave for them.
 */
class SignificanceGoldenTest {
    private static final long SEED = 12345;

    @ParameterizedTest
    @CsvSource({"bs", "ar", "confidence"})
    void figuresAreSacrebleus(String type) throws IOException {
        Goldens goldens = Goldens.open();
        int compared = 0;
        for (JsonNode test : figures()) {
            if (test.get("type").asText().equals(type)) {
                compare(goldens, test);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(12);
    }

    private static void compare(Goldens goldens, JsonNode test) throws IOException {
        String set = test.get("set").asText();
        TranslationMetric metric = metric(test.get("metric").asText(), set);
        List<SegmentTable> tables = new ArrayList<>();
        for (List<String> system : systems(goldens, set)) {
            tables.add(SegmentTable.of(metric, system, goldens.references(set, 1)));
        }
        int samples = test.get("samples").asInt();
        JsonNode results = test.get("results");
        String name = test.get("type").asText() + " " + set + " "
                + test.get("signature").asText();
        assertThat(metric.signature(context(test.get("type").asText(), samples)))
                .isEqualTo(test.get("signature").asText() + "+bayling.9");
        if (test.get("type").asText().equals("confidence")) {
            Estimate estimate = new Bootstrap(samples, SEED).confidence(metric, tables.get(0));
            assertEstimate(estimate, results.get(0), name);
            return;
        }
        List<Comparison> comparisons = test.get("type").asText().equals("bs")
                ? new Bootstrap(samples, SEED).compare(metric, tables)
                : new ApproximateRandomization(samples, SEED).compare(metric, tables);
        assertThat(comparisons).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertComparison(comparisons.get(i), results.get(i), name + ", system " + i);
        }
    }

    private static SignatureContext context(String type, int samples) {
        OptionalInt some = OptionalInt.of(samples);
        OptionalInt none = OptionalInt.empty();
        return new SignatureContext(
                1, type.equals("ar") ? none : some, type.equals("ar") ? some : none, OptionalLong.of(SEED), "9");
    }

    private static void assertComparison(Comparison ours, JsonNode theirs, String name) {
        assertThat(ours.score()).as(name).isCloseTo(theirs.get("score").asDouble(), within(1e-9));
        assertThat(ours.pValue().isPresent())
                .as(name)
                .isEqualTo(!theirs.get("p_value").isNull());
        ours.pValue()
                .ifPresent(p ->
                        assertThat(p).as(name).isEqualTo(theirs.get("p_value").asDouble()));
        assertThat(ours.estimate().isPresent())
                .as(name)
                .isEqualTo(!theirs.get("mean").isNull());
        ours.estimate().ifPresent(estimate -> assertEstimate(estimate, theirs, name));
    }

    private static void assertEstimate(Estimate ours, JsonNode theirs, String name) {
        assertThat(ours.mean()).as(name).isCloseTo(theirs.get("mean").asDouble(), within(1e-9));
        assertThat(ours.halfWidth()).as(name).isCloseTo(theirs.get("ci").asDouble(), within(1e-9));
    }

    private static List<List<String>> systems(Goldens goldens, String set) throws IOException {
        List<String> damaged = goldens.lines(set + ".hyp.gz");
        List<String> second = goldens.lines(set + ".ref2.gz");
        List<String> mixed = new ArrayList<>();
        for (int i = 0; i < damaged.size(); i++) {
            mixed.add(i % 16 == 0 ? second.get(i) : damaged.get(i));
        }
        return List.of(damaged, second, mixed);
    }

    private static TranslationMetric metric(String name, String set) {
        BleuTokenizer tokenizer = set.endsWith(".zh") ? BleuTokenizer.ZH : BleuTokenizer.V13A;
        return switch (name) {
            case "BLEU" -> Bleu.of(tokenizer);
            case "ADDK" -> new Bleu(tokenizer, false, Smoothing.addK(1), 4, false);
            case "CHRF" -> Chrf.chrf2();
            case "CHRF2" -> Chrf.chrf2PlusPlus();
            case "EPS" -> new Chrf(6, 0, 2, false, false, true);
            default -> Ter.standard();
        };
    }

    private static JsonNode figures() throws IOException {
        try (InputStream in = SignificanceGoldenTest.class.getResourceAsStream("sacrebleu-2.6.0.json")) {
            return new ObjectMapper().readTree(in).get("tests");
        }
    }
}

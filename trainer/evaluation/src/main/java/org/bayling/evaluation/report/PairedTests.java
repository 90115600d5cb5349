package org.bayling.evaluation.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bayling.data.DataException;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.ResultItem.Translation;
import org.bayling.evaluation.results.ResultItem.Valued;
import org.bayling.evaluation.results.Score;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.evaluation.significance.McNemar;
import org.bayling.evaluation.translation.SegmentTable;
import org.bayling.evaluation.translation.TranslationMetric;

/** Tests of two systems on the same items. */
final class PairedTests {
    static final String BOOTSTRAP = "paired bootstrap";
    static final String MCNEMAR = "McNemar";

    private static final double SAME = 1e-6;

    private final Bootstrap bootstrap;

    PairedTests(Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** What a test says. */
    record Outcome(OptionalDouble pValue, String test) {
        static final Outcome NONE = new Outcome(OptionalDouble.empty(), "");
    }

    /**
     * Tests one score of two systems.
     *
     * @throws DataException when the two were not measured on the same items, so that they cannot be compared at all
     */
    Outcome test(ScoreKey key, EvaluatedSystem baseline, EvaluatedSystem system) throws IOException {
        Score first = baseline.scores().get(key);
        Score second = system.scores().get(key);
        String both = key + " of " + baseline.name() + " and " + system.name();
        if (first.size() != second.size()) {
            throw new DataException(both + ": " + first.size() + " and " + second.size()
                    + " items; evaluate both on the same data");
        }
        Optional<String> one = first.signature().map(MetricOfSignature::settings);
        Optional<String> other = second.signature().map(MetricOfSignature::settings);
        if (!one.equals(other)) {
            throw new DataException(both + ": computed with different settings, " + one.orElse("none") + " and "
                    + other.orElse("none") + "; evaluate both alike");
        }
        List<ResultItem[]> pairs = pairs(baseline.items(key), system.items(key), both);
        if (pairs.isEmpty()) {
            return Outcome.NONE;
        }
        return pairs.get(0)[0] instanceof Translation
                ? translations(key, first, second, pairs)
                : answers(key.metric(), pairs);
    }

    private static List<ResultItem[]> pairs(List<ResultItem> first, List<ResultItem> second, String both)
            throws DataException {
        List<ResultItem[]> pairs = new ArrayList<>();
        if (first.isEmpty() || second.isEmpty()) {
            return pairs;
        }
        Map<String, ResultItem> byName = new LinkedHashMap<>();
        second.forEach(item -> byName.put(item.item(), item));
        for (ResultItem item : first) {
            ResultItem other = byName.remove(item.item());
            if (other == null || !sameQuestion(item, other)) {
                throw new DataException(both + ": item '" + item.item() + "' is "
                        + (other == null ? "not in both" : "another one in the other")
                        + "; evaluate both on the same data");
            }
            pairs.add(new ResultItem[] {item, other});
        }
        if (!byName.isEmpty()) {
            throw new DataException(both + ": item '" + byName.keySet().iterator().next()
                    + "' is not in both; evaluate both on the same data");
        }
        return pairs;
    }

    private static boolean sameQuestion(ResultItem item, ResultItem other) {
        if (item instanceof Translation one && other instanceof Translation two) {
            return one.sourceText().equals(two.sourceText()) && one.references().equals(two.references());
        }
        return item instanceof Valued one && other instanceof Valued two && one.gold().equals(two.gold());
    }

    private Outcome translations(ScoreKey key, Score first, Score second, List<ResultItem[]> pairs) {
        Optional<TranslationMetric> found = MetricOfSignature.find(key.metric(), first.signature());
        if (found.isEmpty()) {
            return Outcome.NONE;
        }
        TranslationMetric metric = found.get();
        SegmentTable one = table(metric, pairs, 0);
        SegmentTable two = table(metric, pairs, 1);
        if (Math.abs(metric.score(one.sums()).score() - first.value()) > SAME
                || Math.abs(metric.score(two.sums()).score() - second.value()) > SAME) {
            return Outcome.NONE;
        }
        return new Outcome(bootstrap.compare(metric, List.of(one, two)).get(1).pValue(), BOOTSTRAP);
    }

    private static SegmentTable table(TranslationMetric metric, List<ResultItem[]> pairs, int side) {
        List<Translation> items =
                pairs.stream().map(pair -> (Translation) pair[side]).toList();
        return SegmentTable.of(
                metric,
                items.stream().map(Translation::hypothesis).toList(),
                items.stream().map(Translation::references).toList());
    }

    private static Outcome answers(String metric, List<ResultItem[]> pairs) {
        int onlyFirst = 0;
        int onlySecond = 0;
        for (ResultItem[] pair : pairs) {
            double one = ((Valued) pair[0]).values().getOrDefault(metric, Double.NaN);
            double two = ((Valued) pair[1]).values().getOrDefault(metric, Double.NaN);
            if (one != 0 && one != 1 || two != 0 && two != 1) {
                return Outcome.NONE;
            }
            onlyFirst += one > two ? 1 : 0;
            onlySecond += two > one ? 1 : 0;
        }
        return new Outcome(OptionalDouble.of(McNemar.pValue(onlyFirst, onlySecond)), MCNEMAR);
    }
}

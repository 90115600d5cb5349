package org.bayling.evaluation.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bayling.evaluation.significance.ApproximateRandomization;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.evaluation.significance.Comparison;
import org.bayling.evaluation.significance.Estimate;
import org.bayling.evaluation.translation.MetricScore;
import org.bayling.evaluation.translation.SegmentTable;
import org.bayling.evaluation.translation.SignatureContext;
import org.bayling.evaluation.translation.TranslationMetric;

/**
 * Systems and their scores, ready to be printed.
 *
 * @param systems in order; the first is the baseline where there is one
 * @param hasBaseline whether the others are compared with the first
 */
public record ScoreReport(List<ScoredSystem> systems, boolean hasBaseline) {

    public ScoreReport {
        systems = List.copyOf(systems);
    }

    /** A system's scores, one for each metric, and what is wrong with its outputs at first sight. */
    public record ScoredSystem(String name, List<ScoredMetric> metrics, OutputCounts outputs) {}

    /**
     * One score.
     *
     * @param context of its signature
     * @param estimate by bootstrap, where asked for
     * @param pValue against the baseline, where there is one and this is not it
     */
    public record ScoredMetric(
            TranslationMetric metric,
            MetricScore score,
            SignatureContext context,
            Optional<Estimate> estimate,
            OptionalDouble pValue) {

        /** Whether the difference to the baseline is called significant at the level of 5 %. */
        public boolean significant() {
            return pValue.isPresent() && pValue.getAsDouble() <= Comparison.LEVEL;
        }
    }

    /** What is computed besides the scores. */
    public sealed interface Test {

        /** Nothing. */
        record None() implements Test {}

        /** Confidence intervals of each system by itself. */
        record Confidence(Bootstrap bootstrap) implements Test {}

        /** Paired bootstrap against the first system. */
        record Paired(Bootstrap bootstrap) implements Test {}

        /** Approximate randomization against the first system. */
        record Randomized(ApproximateRandomization randomization) implements Test {}
    }

    /** Computes the scores of what was counted. */
    public static ScoreReport of(
            CorpusScoring scoring, List<CorpusScoring.SystemResult> results, Test test, String version) {
        SignatureContext context = context(scoring.references().size(), test, version);
        List<List<ScoredMetric>> scores = new ArrayList<>();
        results.forEach(result -> scores.add(new ArrayList<>()));
        for (int m = 0; m < scoring.metrics().size(); m++) {
            TranslationMetric metric = scoring.metrics().get(m);
            int index = m;
            List<SegmentTable> tables =
                    results.stream().map(result -> result.tables().get(index)).toList();
            List<Comparison> comparisons = compare(metric, tables, test);
            for (int system = 0; system < results.size(); system++) {
                MetricScore score = metric.score(tables.get(system).sums());
                Comparison comparison = comparisons.get(system);
                scores.get(system)
                        .add(new ScoredMetric(metric, score, context, comparison.estimate(), comparison.pValue()));
            }
        }
        List<ScoredSystem> systems = new ArrayList<>();
        for (int system = 0; system < results.size(); system++) {
            CorpusScoring.SystemResult result = results.get(system);
            systems.add(new ScoredSystem(result.file().toString(), scores.get(system), result.outputs()));
        }
        return new ScoreReport(systems, test instanceof Test.Paired || test instanceof Test.Randomized);
    }

    private static List<Comparison> compare(TranslationMetric metric, List<SegmentTable> tables, Test test) {
        if (test instanceof Test.Paired paired) {
            return paired.bootstrap().compare(metric, tables);
        }
        if (test instanceof Test.Randomized randomized) {
            return randomized.randomization().compare(metric, tables);
        }
        return tables.stream()
                .map(table -> new Comparison(
                        metric.score(table.sums()).score(),
                        OptionalDouble.empty(),
                        test instanceof Test.Confidence confidence
                                ? Optional.of(confidence.bootstrap().confidence(metric, table))
                                : Optional.empty()))
                .toList();
    }

    private static SignatureContext context(int references, Test test, String version) {
        if (test instanceof Test.Randomized randomized) {
            ApproximateRandomization randomization = randomized.randomization();
            return new SignatureContext(
                    references,
                    OptionalInt.empty(),
                    OptionalInt.of(randomization.trials()),
                    OptionalLong.of(randomization.seed()),
                    version);
        }
        Optional<Bootstrap> bootstrap = Optional.empty();
        if (test instanceof Test.Confidence confidence) {
            bootstrap = Optional.of(confidence.bootstrap());
        } else if (test instanceof Test.Paired paired) {
            bootstrap = Optional.of(paired.bootstrap());
        }
        return bootstrap
                .map(drawn -> new SignatureContext(
                        references,
                        OptionalInt.of(drawn.samples()),
                        OptionalInt.empty(),
                        OptionalLong.of(drawn.seed()),
                        version))
                .orElse(SignatureContext.of(references, version));
    }
}

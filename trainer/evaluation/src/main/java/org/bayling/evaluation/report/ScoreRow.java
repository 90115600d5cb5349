package org.bayling.evaluation.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bayling.evaluation.results.Score;
import org.bayling.evaluation.significance.Comparison;

/**
 * One measurement of all systems.
 *
 * @param key what was measured
 * @param source language that is translated from
 * @param language that is written or asked in; none for a task as a whole
 * @param metric how its values are read
 * @param values one for each system, in order; empty where the system was not measured
 */
record ScoreRow(
        ScoreKey key,
        Optional<LanguageTraits> source,
        Optional<LanguageTraits> language,
        ReportMetric metric,
        List<Optional<Value>> values) {

    private static final double NORMAL_95 = 1.959963984540054;

    ScoreRow {
        values = List.copyOf(values);
    }

    /**
     * A system's value.
     *
     * @param points in the unit of the report
     * @param low lower end of the 95 % interval, and {@code high} the upper one; empty where it is not known
     * @param size items
     * @param comparison with the baseline; none for the baseline itself
     */
    record Value(double points, OptionalDouble low, OptionalDouble high, int size, Optional<Paired> comparison) {

        static Value of(Score score, ReportMetric metric, Optional<Paired> comparison) {
            double points = metric.points(score.value());
            OptionalDouble low = OptionalDouble.empty();
            OptionalDouble high = OptionalDouble.empty();
            if (score.interval().isPresent()) {
                low = OptionalDouble.of(metric.points(score.interval().get().low()));
                high = OptionalDouble.of(metric.points(score.interval().get().high()));
            } else if (score.stderr().isPresent()) {
                double half = metric.points(NORMAL_95 * score.stderr().getAsDouble());
                low = OptionalDouble.of(points - half);
                high = OptionalDouble.of(points + half);
            }
            return new Value(points, low, high, score.size(), comparison);
        }

        /** Half of the interval's width; NaN where it is not known. */
        double halfWidth() {
            return (high.orElse(Double.NaN) - low.orElse(Double.NaN)) / 2;
        }
    }

    /**
     * A system against the baseline.
     *
     * @param difference in points, the system's value less the baseline's
     * @param pValue empty where no test was possible
     * @param test its name; empty where there is none
     */
    record Paired(double difference, OptionalDouble pValue, String test) {
        static final double LEVEL = Comparison.LEVEL;

        boolean significant() {
            return pValue.isPresent() && pValue.getAsDouble() <= LEVEL;
        }
    }

    boolean complete() {
        return values.stream().allMatch(Optional::isPresent);
    }
}

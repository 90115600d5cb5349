package org.bayling.evaluation.results;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One number of an evaluation.
 *
 * @param task its name: {@code flores-200}, {@code xcopa}
 * @param source language that is translated from, as the data write it; none in other tasks
 * @param language that is written, read or asked in, as the data write it; none for a task as a whole
 * @param metric {@code bleu}, {@code chrf++}, {@code acc}, {@code bits_per_byte}
 * @param value in the metric's own unit: 0 to 100 for BLEU, chrF and TER, 0 to 1 for accuracies
 * @param interval 95 % confidence interval
 * @param stderr standard error of the mean
 * @param size items it was computed of
 * @param signature sacreBLEU's, for translation metrics
 */
public record Score(
        String task,
        Optional<String> source,
        Optional<String> language,
        String metric,
        double value,
        Optional<Interval> interval,
        OptionalDouble stderr,
        int size,
        Optional<String> signature) {

    /** A confidence interval, both ends included. */
    public record Interval(double low, double high) {}
}

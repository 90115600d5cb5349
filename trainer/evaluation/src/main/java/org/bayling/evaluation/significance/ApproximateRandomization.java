package org.bayling.evaluation.significance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.bayling.evaluation.translation.SegmentTable;
import org.bayling.evaluation.translation.TranslationMetric;

/**
 * Approximate randomization (Riezler and Maxwell 2005): how often two systems that swap segments at random differ by
 * more than they do. The same result for any number of processors.
 *
 * @param trials how often they swap; 10000 by custom
 * @param seed of the swaps; 12345 by custom
 */
public record ApproximateRandomization(int trials, long seed) {
    private static final int AT_ONCE = 64;

    public ApproximateRandomization {
        if (trials < 1) {
            throw new IllegalArgumentException(trials + " trials are asked for; 1 is the least");
        }
    }

    /**
     * The paired test.
     *
     * @param systems the baseline, then those that are compared with it; as many segments in all
     * @return one for each system; the baseline's has no p-value
     */
    public List<Comparison> compare(TranslationMetric metric, List<SegmentTable> systems) {
        List<Comparison> results = new ArrayList<>();
        SegmentTable baseline = systems.get(0);
        double score = metric.score(baseline.sums()).score();
        results.add(new Comparison(score, OptionalDouble.empty(), Optional.empty()));
        for (SegmentTable system : systems.subList(1, systems.size())) {
            double other = metric.score(system.sums()).score();
            double p = pValue(metric, baseline, system, Math.abs(score - other));
            results.add(new Comparison(other, OptionalDouble.of(p), Optional.empty()));
        }
        return results;
    }

    private double pValue(TranslationMetric metric, SegmentTable baseline, SegmentTable system, double difference) {
        NumpyGenerator random = new NumpyGenerator(seed);
        double[] differences = baseline.minus(system);
        boolean[][] masks = new boolean[Math.min(AT_ONCE, trials)][baseline.rows()];
        long above = 0;
        for (int first = 0; first < trials; first += AT_ONCE) {
            int count = Math.min(AT_ONCE, trials - first);
            for (int i = 0; i < count; i++) {
                random.flip(masks[i]);
            }
            above += IntStream.range(0, count)
                    .parallel()
                    .filter(i -> swapped(metric, baseline, system, differences, masks[i]) > difference)
                    .count();
        }
        return (above + 1.0) / (trials + 1.0);
    }

    /** The difference of the scores after the masked segments of the baseline have gone to the system's side. */
    private static double swapped(
            TranslationMetric metric,
            SegmentTable baseline,
            SegmentTable system,
            double[] differences,
            boolean[] mask) {
        int width = metric.statistics();
        double[] moved = new double[width];
        for (int segment = 0; segment < mask.length; segment++) {
            if (mask[segment]) {
                for (int k = 0; k < width; k++) {
                    moved[k] += differences[segment * width + k];
                }
            }
        }
        double[] a = system.sums();
        double[] b = baseline.sums();
        for (int k = 0; k < width; k++) {
            a[k] += moved[k];
            b[k] -= moved[k];
        }
        return Math.abs(metric.score(a).score() - metric.score(b).score());
    }
}

package org.bayling.evaluation.significance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bayling.evaluation.translation.Arithmetic;
import org.bayling.evaluation.translation.SegmentTable;
import org.bayling.evaluation.translation.TranslationMetric;

/**
 * Bootstrap resampling: the scores of texts put together from segments drawn with replacement. All systems see the same
 * draws. The same result for any number of processors.
 *
 * @param samples how many texts; 1000 by custom
 * @param seed of the draws; 12345 by custom
 */
public record Bootstrap(int samples, long seed) {
    /** sacreBLEU's default. */
    public static final Bootstrap STANDARD = new Bootstrap(1000, 12345);

    private static final int AT_ONCE = 64;

    public Bootstrap {
        if (samples < 1) {
            throw new IllegalArgumentException(samples + " resamples are asked for; 1 is the least");
        }
    }

    /** The confidence interval of one system's score. */
    public Estimate confidence(TranslationMetric metric, SegmentTable system) {
        return Estimate.ofOne(scores(metric, List.of(system))[0], metric.resampledIn());
    }

    /**
     * The paired bootstrap test.
     *
     * @param systems the baseline, then those that are compared with it; as many segments in all
     * @return one for each system; the baseline's has no p-value
     */
    public List<Comparison> compare(TranslationMetric metric, List<SegmentTable> systems) {
        double[][] scores = scores(metric, systems);
        Arithmetic in = metric.resampledIn();
        double baseline = metric.score(systems.get(0).sums()).score();
        List<Comparison> results = new ArrayList<>();
        for (int system = 0; system < systems.size(); system++) {
            double score = metric.score(systems.get(system).sums()).score();
            Estimate estimate = Estimate.ofPaired(scores[system], in);
            results.add(
                    system == 0
                            ? Comparison.ofBaseline(score, estimate)
                            : Comparison.of(
                                    score,
                                    pValue(scores[0], scores[system], Math.abs(baseline - score), in),
                                    estimate));
        }
        return results;
    }

    private static double pValue(double[] baseline, double[] system, double difference, Arithmetic in) {
        double[] differences = new double[baseline.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = Math.abs(in.round(system[i] - baseline[i]));
        }
        double mean = Estimate.mean(differences, in);
        int above = 0;
        for (double value : differences) {
            above += in.round(value - mean) > in.round(difference) ? 1 : 0;
        }
        return (above + 1.0) / (differences.length + 1.0);
    }

    private double[][] scores(TranslationMetric metric, List<SegmentTable> systems) {
        int segments = systems.get(0).rows();
        List<float[]> tables = systems.stream().map(SegmentTable::floats).toList();
        double[][] scores = new double[systems.size()][samples];
        NumpyGenerator random = new NumpyGenerator(seed);
        int[][] draws = new int[Math.min(AT_ONCE, samples)][segments];
        for (int first = 0; first < samples; first += AT_ONCE) {
            int begin = first;
            int count = Math.min(AT_ONCE, samples - first);
            for (int i = 0; i < count; i++) {
                random.choose(segments, draws[i]);
            }
            IntStream.range(0, count * tables.size()).parallel().forEach(task -> {
                int system = task / count;
                int sample = task % count;
                double[] sums = sums(tables.get(system), metric.statistics(), draws[sample]);
                scores[system][begin + sample] = metric.resampledScore(sums);
            });
        }
        return scores;
    }

    private static double[] sums(float[] table, int width, int[] draw) {
        float[] sums = new float[width];
        for (int segment : draw) {
            int row = segment * width;
            for (int k = 0; k < width; k++) {
                sums[k] += table[row + k];
            }
        }
        double[] widened = new double[width];
        for (int k = 0; k < width; k++) {
            widened[k] = sums[k];
        }
        return widened;
    }
}

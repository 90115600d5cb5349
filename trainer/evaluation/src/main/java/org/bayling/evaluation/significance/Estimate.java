package org.bayling.evaluation.significance;

import java.util.Arrays;
import org.bayling.evaluation.translation.Arithmetic;

/**
 * A score as resampling sees it: the mean over the resamples, and half the width of the interval that 95 of 100 lie in.
 *
 * @param mean of the resampled scores
 * @param halfWidth of their 95 % interval
 */
public record Estimate(double mean, double halfWidth) {
    private static final int BLOCK = 128;

    /** As sacreBLEU does it for a system by itself: the exact mean. */
    static Estimate ofOne(double[] scores, Arithmetic in) {
        return new Estimate(in.round(Arrays.stream(scores).sum() / scores.length), halfWidth(scores, in));
    }

    /** As sacreBLEU does it in paired tests: the mean that NumPy computes. */
    static Estimate ofPaired(double[] scores, Arithmetic in) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return new Estimate(mean(sorted, in), halfWidth(sorted, in));
    }

    private static double halfWidth(double[] scores, Arithmetic in) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int lower = sorted.length / 40;
        return in.round(0.5 * in.round(sorted[sorted.length - lower - 1] - sorted[lower]));
    }

    /** NumPy's mean, which sums in pairs. */
    static double mean(double[] values, Arithmetic in) {
        return in.round(sum(values, 0, values.length, in) / values.length);
    }

    private static double sum(double[] values, int start, int length, Arithmetic in) {
        if (length < 8) {
            double sum = 0;
            for (int i = start; i < start + length; i++) {
                sum = in.round(sum + values[i]);
            }
            return sum;
        }
        if (length > BLOCK) {
            int half = length / 2 - length / 2 % 8;
            return in.round(sum(values, start, half, in) + sum(values, start + half, length - half, in));
        }
        double[] lane = Arrays.copyOfRange(values, start, start + 8);
        int i = 8;
        for (; i < length - length % 8; i++) {
            lane[i % 8] = in.round(lane[i % 8] + values[start + i]);
        }
        double sum = in.round(in.round(in.round(lane[0] + lane[1]) + in.round(lane[2] + lane[3]))
                + in.round(in.round(lane[4] + lane[5]) + in.round(lane[6] + lane[7])));
        for (; i < length; i++) {
            sum = in.round(sum + values[start + i]);
        }
        return sum;
    }
}

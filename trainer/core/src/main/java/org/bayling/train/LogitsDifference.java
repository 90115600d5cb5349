package org.bayling.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bayling.data.Batch;
import org.bayling.model.LlamaModel;
import org.bayling.numeric.DType;
import org.bayling.numeric.Rng;
import org.bayling.tensor.Kernels;

/**
 * How far the logits of two models of one vocabulary are apart, over one row of token ids.
 *
 * @param max largest absolute difference
 * @param mean absolute difference
 * @param relative norm of the difference over the norm of the expected logits; NaN when something is not finite
 */
public record LogitsDifference(double max, double mean, double relative) {
    private static final int TOKENS = 32;
    private static final long SEED = 20;

    /** Runs both models on the same row. */
    public static LogitsDifference between(Kernels kernels, LlamaModel expected, LlamaModel actual) {
        float[] wanted = logits(kernels, expected);
        float[] found = logits(kernels, actual);
        double max = 0;
        double sum = 0;
        double squares = 0;
        double norm = 0;
        for (int i = 0; i < wanted.length; i++) {
            double difference = Math.abs((double) wanted[i] - found[i]);
            max = Math.max(max, difference);
            sum += difference;
            squares += difference * difference;
            norm += (double) wanted[i] * wanted[i];
        }
        return new LogitsDifference(max, sum / wanted.length, Math.sqrt(squares / norm));
    }

    /** What rounding of weights to a dtype can explain; false for anything that is not finite. */
    public boolean withinRoundingOf(DType dtype) {
        double limit = switch (dtype) {
            case BF16 -> 0.05;
            case F16 -> 0.01;
            default -> 1e-4;
        };
        return relative <= limit;
    }

    private static float[] logits(Kernels kernels, LlamaModel model) {
        int[] tokens = new int[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            tokens[i] = (int) Rng.below(model.config().vocabSize(), SEED, i);
        }
        int[] labels = new int[TOKENS];
        Arrays.fill(labels, Batch.UNTRAINED);
        try (GradientInspection inspection = new GradientInspection(kernels, model)) {
            GradientInspection.InputRow row =
                    new GradientInspection.InputRow(tokens, labels, new int[] {0, TOKENS});
            return inspection.run(List.of(row)).logits().get(0);
        }
    }

    /** {@code max 1.2e-05, mean 1.1e-06}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "max %.1e, mean %.1e, relative %.1e", max, mean, relative);
    }
}

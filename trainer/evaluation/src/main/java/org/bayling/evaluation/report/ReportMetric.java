package org.bayling.evaluation.report;

import java.util.List;
import java.util.Map;
import org.bayling.evaluation.translation.FixedDecimals;

/**
 * How a metric's values are read.
 *
 * @param key as in results: {@code chrf++}, {@code acc}
 * @param title for people
 * @param scale what makes points of its values: 100 for shares
 * @param lowerIsBetter for error rates, perplexities and the like
 */
record ReportMetric(String key, String title, double scale, boolean lowerIsBetter) {
    /** The first of these that a task has stands for it in plots and in the summary. */
    private static final List<String> MAIN =
            List.of("chrf++", "chrf", "spbleu", "bleu", "acc", "acc_norm", "exact_match", "bits_per_byte");

    private static final Map<String, String> TITLES = Map.of(
            "bleu", "BLEU", "spbleu", "spBLEU", "chrf", "chrF", "chrf++", "chrF++", "ter", "TER", "bits_per_byte",
            "bits per byte");

    static ReportMetric of(String key) {
        boolean share = key.startsWith("acc") || key.equals("exact_match") || key.equals("f1");
        boolean lower = key.equals("ter") || key.contains("perplexity") || key.startsWith("bits_per") || key.equals("loss");
        return new ReportMetric(key, TITLES.getOrDefault(key, key), share ? 100 : 1, lower);
    }

    /** Smaller for what rather stands for a task. */
    int rank() {
        int place = MAIN.indexOf(key);
        return place < 0 ? MAIN.size() : place;
    }

    double points(double value) {
        return value * scale;
    }

    /** How much better {@code points} is than {@code baseline}; negative where it is worse. */
    double gain(double baseline, double points) {
        return lowerIsBetter ? baseline - points : points - baseline;
    }

    /** Points for people. */
    String format(double points) {
        return FixedDecimals.format(points, decimals());
    }

    /** A difference with its sign. */
    String signed(double difference) {
        String text = FixedDecimals.format(difference, decimals());
        return difference > 0 ? "+" + text : text;
    }

    /** Points with one more decimal, for what is compared with a limit. */
    String formatFine(double points) {
        return FixedDecimals.format(points, decimals() + 1);
    }

    private int decimals() {
        return key.startsWith("bits_per") ? 3 : 1;
    }
}

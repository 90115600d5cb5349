package org.bayling.evaluation.choice;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** How an option is chosen by its log-likelihood; named as lm-evaluation-harness names them. Ties go to the first. */
public enum ChoiceMetric {
    /** The most likely. */
    ACC,
    /** The most likely per character (code point) of the choice. */
    ACC_NORM,
    /** The most likely per UTF-8 byte of the choice. */
    ACC_BYTES,
    /** The one that gains most by the context. */
    ACC_MUTUAL_INFO;

    /** {@code acc_norm}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Index of the option that these scores choose. */
    int chosen(ChoiceItem item, ItemScores scores) {
        return switch (this) {
            case ACC -> largest(scores, i -> scores.conditional()[i]);
            case ACC_NORM -> largest(scores, i -> scores.conditional()[i] / characters(choice(item, i)));
            case ACC_BYTES -> largest(scores, i -> scores.conditional()[i] / bytes(choice(item, i)));
            case ACC_MUTUAL_INFO -> largest(scores, i -> scores.conditional()[i] - scores.unconditional()[i]);
        };
    }

    private static int largest(ItemScores scores, IntToDoubleFunction score) {
        int best = 0;
        for (int i = 1; i < scores.conditional().length; i++) {
            if (score.applyAsDouble(i) > score.applyAsDouble(best)) {
                best = i;
            }
        }
        return best;
    }

    private static String choice(ChoiceItem item, int index) {
        return item.options().get(index).choice();
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

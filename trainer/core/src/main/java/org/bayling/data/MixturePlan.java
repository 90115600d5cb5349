package org.bayling.data;

import java.util.List;
import java.util.Locale;

/**
 * What the first epoch draws and how long the run is: printed before training, and what the run then does exactly.
 * Later epochs draw as many samples of each data set.
 *
 * @param lines one for each data set and language that is drawn
 * @param samples draws of the epoch
 * @param tokens of these
 * @param trainedTokens of these
 * @param rows of the epoch: packed rows, or samples without packing
 * @param fillRate tokens over the room of the packed rows; 1 without packing
 * @param steps optimizer steps of the whole run
 * @param epochs of the whole run
 */
public record MixturePlan(
        List<Line> lines,
        long samples,
        long tokens,
        long trainedTokens,
        long rows,
        double fillRate,
        long steps,
        double epochs) {
    public MixturePlan {
        lines = List.copyOf(lines);
    }

    /**
     * Draws of one data set and language.
     *
     * @param group data set and language
     * @param drawn draws of the first epoch
     * @param tokens of these
     * @param trainedTokens of these
     * @param share of the epoch's draws
     */
    public record Line(Group group, long drawn, long tokens, long trainedTokens, double share) {
        Line plus(Line other) {
            return new Line(
                    group,
                    drawn + other.drawn,
                    tokens + other.tokens,
                    trainedTokens + other.trainedTokens,
                    share + other.share);
        }
    }

    /** The plan as a table. */
    public String table() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%-28s %-10s %12s %14s %14s %7s%n", "dataset", "language", "samples", "tokens",
                        "trained", "share"));
        for (Line line : lines) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-28s %-10s %,12d %,14d %,14d %6.1f%%%n",
                    line.group.dataset(),
                    line.group.language().orElse("-"),
                    line.drawn,
                    line.tokens,
                    line.trainedTokens,
                    100 * line.share));
        }
        text.append(String.format(
                Locale.ROOT, "%-28s %-10s %,12d %,14d %,14d%n", "an epoch", "", samples, tokens, trainedTokens));
        text.append(String.format(
                Locale.ROOT, "%,d rows, %.1f%% full; %,d steps make %.2f epochs", rows, 100 * fillRate, steps, epochs));
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}

package org.bayling.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What reading the data found.
 *
 * @param lines one for each data set and language, data sets in the order of the configuration, languages in the order
 *     of their first row; bad rows count under their data set's language, because their own is not known
 * @param badRows the first bad rows, at most 20
 * @param badCounts all bad rows by kind
 */
public record DataReport(List<Line> lines, List<BadRow> badRows, Map<BadRow.Reason, Long> badCounts) {
    public DataReport {
        lines = List.copyOf(lines);
        badRows = List.copyOf(badRows);
        badCounts = Map.copyOf(badCounts);
    }

    /**
     * Counts of one data set and language.
     *
     * @param group data set and language
     * @param rows rows read; {@code used + bad + dropped}
     * @param used samples that can be trained or evaluated on
     * @param bad rows that cannot be used
     * @param overlong rows of more than {@code cutoff_len} tokens, cut or dropped
     * @param dropped of these, rows left out: by {@code overlong: drop}, or because nothing trained was left
     * @param tokens of the used samples, after cutting
     * @param trainedTokens of these, tokens with a loss
     * @param trainedBytes UTF-8 bytes that the tokens with a loss stand for
     */
    public record Line(
            Group group,
            long rows,
            long used,
            long bad,
            long overlong,
            long dropped,
            long tokens,
            long trainedTokens,
            long trainedBytes) {

        Line plus(Line other) {
            return new Line(
                    group,
                    rows + other.rows,
                    used + other.used,
                    bad + other.bad,
                    overlong + other.overlong,
                    dropped + other.dropped,
                    tokens + other.tokens,
                    trainedTokens + other.trainedTokens,
                    trainedBytes + other.trainedBytes);
        }
    }

    /** All lines of a data set added up. */
    public Line total(String dataset) {
        return lines.stream()
                .filter(line -> line.group().dataset().equals(dataset))
                .reduce(new Line(new Group(dataset, Optional.empty()), 0, 0, 0, 0, 0, 0, 0, 0), Line::plus);
    }

    /** All lines added up; the group has an empty data set. */
    public Line total() {
        return lines.stream().reduce(new Line(new Group("", Optional.empty()), 0, 0, 0, 0, 0, 0, 0, 0), Line::plus);
    }
}

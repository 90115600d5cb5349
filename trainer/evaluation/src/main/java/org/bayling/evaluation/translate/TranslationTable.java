package org.bayling.evaluation.translate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bayling.evaluation.results.Score;
import org.bayling.evaluation.translation.FixedDecimals;
import org.bayling.observe.TextTable;

/** Scores of translations as a table for people, and as comma-separated values. */
public final class TranslationTable {
    private static final String ANY = "x";
    private static final Set<String> COUNTS = Set.of("empty", "copied", "overlong");

    private TranslationTable() {}

    /** The lines of a table, a direction each, with signatures below. */
    public static List<String> text(TranslationResults results) {
        Map<String, Map<String, Score>> rows = new LinkedHashMap<>();
        Set<String> metrics = new LinkedHashSet<>();
        Map<String, Set<String>> signatures = new LinkedHashMap<>();
        for (Score score : results.scores()) {
            rows.computeIfAbsent(direction(score), key -> new LinkedHashMap<>()).put(score.metric(), score);
            metrics.add(score.metric());
            score.signature().ifPresent(signature -> signatures
                    .computeIfAbsent(score.metric(), key -> new LinkedHashSet<>())
                    .add(signature));
        }
        List<String> titles = new ArrayList<>(List.of(results.name(), ">segments"));
        metrics.forEach(metric -> titles.add(">" + title(metric)));
        TextTable table = TextTable.of(titles.toArray(String[]::new));
        rows.forEach((direction, scores) -> {
            List<Object> cells = new ArrayList<>();
            cells.add(direction);
            cells.add(scores.values().iterator().next().size());
            metrics.forEach(metric ->
                    cells.add(Optional.ofNullable(scores.get(metric)).map(TranslationTable::cell).orElse("-")));
            table.row(cells.toArray());
        });
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        signatures.forEach((metric, all) -> all.forEach(signature -> lines.add(title(metric) + ": " + signature)));
        lines.add("COMET: " + ScoringChoice.COMET + ", no checkpoint of it can be read");
        return lines;
    }

    private static String direction(Score score) {
        if (score.source().isEmpty() && score.language().isEmpty()) {
            return "mean of all";
        }
        String text = score.source().orElse(ANY) + " → " + score.language().orElse(ANY);
        return score.source().isPresent() && score.language().isPresent() ? text : "mean of " + text;
    }

    private static String title(String metric) {
        return switch (metric) {
            case "bleu" -> "BLEU";
            case "spbleu" -> "spBLEU";
            case "chrf" -> "chrF2";
            case "chrf++" -> "chrF2++";
            case "ter" -> "TER";
            case DirectionScoring.LANGUAGE -> "language";
            default -> metric;
        };
    }

    private static String cell(Score score) {
        if (COUNTS.contains(score.metric()) && score.value() == Math.rint(score.value())) {
            return Long.toString((long) score.value());
        }
        String unit = score.metric().equals(DirectionScoring.LANGUAGE) ? "%" : "";
        String value = FixedDecimals.format(score.value(), 1) + unit;
        return score.interval()
                .map(interval -> value + " ± " + FixedDecimals.format((interval.high() - interval.low()) / 2, 1))
                .orElse(value);
    }

    /** A line for each score, all digits; under a line of names. */
    public static List<String> csv(TranslationResults results) {
        List<String> lines = new ArrayList<>();
        lines.add("task,source,language,metric,value,low,high,size,signature");
        for (Score score : results.scores()) {
            lines.add(String.join(
                    ",",
                    quoted(score.task()),
                    score.source().orElse(""),
                    score.language().orElse(""),
                    score.metric(),
                    Double.toString(score.value()),
                    score.interval().map(interval -> Double.toString(interval.low())).orElse(""),
                    score.interval().map(interval -> Double.toString(interval.high())).orElse(""),
                    Integer.toString(score.size()),
                    quoted(score.signature().orElse(""))));
        }
        return lines;
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\\n\\r]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

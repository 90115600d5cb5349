package org.bayling.evaluation.translate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bayling.evaluation.results.Score;
import org.bayling.evaluation.translate.TranslationResults.Row;

/** Means of scores over directions: from and to each pivot, and over all. Every direction counts the same. */
final class DirectionMeans {
    private static final Set<String> PIVOTS = Set.of("en", "zh");

    private DirectionMeans() {}

    /** Means over groups of two directions or more: {@code x → eng}, {@code eng → x}, all. */
    static List<Score> of(String task, List<Row> rows) {
        List<Score> means = new ArrayList<>();
        Set<String> pivots = new LinkedHashSet<>();
        for (Row row : rows) {
            if (PIVOTS.contains(row.translated().source().tag())) {
                pivots.add(row.translated().direction().source());
            }
            if (PIVOTS.contains(row.translated().target().tag())) {
                pivots.add(row.translated().direction().target());
            }
        }
        for (String pivot : pivots.stream().sorted().toList()) {
            means.addAll(group(task, rows, Optional.empty(), Optional.of(pivot), direction ->
                    direction.target().equals(pivot)));
            means.addAll(group(task, rows, Optional.of(pivot), Optional.empty(), direction ->
                    direction.source().equals(pivot)));
        }
        means.addAll(group(task, rows, Optional.empty(), Optional.empty(), direction -> true));
        return means;
    }

    private static List<Score> group(
            String task,
            List<Row> rows,
            Optional<String> source,
            Optional<String> target,
            Predicate<Direction> member) {
        List<Row> members = rows.stream()
                .filter(row -> member.test(row.translated().direction()))
                .toList();
        if (members.size() < 2) {
            return List.of();
        }
        Map<String, List<Score>> byMetric = members.stream()
                .flatMap(row -> row.scores().stream())
                .collect(Collectors.groupingBy(Score::metric, LinkedHashMap::new, Collectors.toList()));
        List<Score> means = new ArrayList<>();
        byMetric.forEach((metric, scores) -> means.add(new Score(
                task,
                source,
                target,
                metric,
                scores.stream().mapToDouble(Score::value).average().orElseThrow(),
                Optional.empty(),
                OptionalDouble.empty(),
                scores.stream().mapToInt(Score::size).sum(),
                Optional.empty())));
        return means;
    }
}

package org.bayling.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Means of a task's scores over a group of languages, each with the same weight.
 *
 * @param task its name
 * @param metric how values are read
 * @param kind what groups are made by
 * @param group its name
 * @param size scores; those that every system has
 * @param means one for each system
 * @param halfWidths of their 95 % intervals; NaN where one of the languages' is not known
 */
record GroupMean(
        String task,
        ReportMetric metric,
        Kind kind,
        String group,
        int size,
        List<Double> means,
        List<Double> halfWidths) {

    /** What groups are made by. */
    enum Kind {
        DIRECTION("direction", (of, x) -> ""),
        RESOURCES("resource class", (of, x) -> x.resources()),
        SCRIPT("script", (of, x) -> x.script());

        private final String label;
        private final BiFunction<DirectionClass, LanguageTraits, String> trait;

        Kind(String label, BiFunction<DirectionClass, LanguageTraits, String> trait) {
            this.label = label;
            this.trait = trait;
        }

        String label() {
            return label;
        }

        private String group(DirectionClass of, ScoreRow row) {
            String trait = this.trait.apply(of, of.x(row));
            if (of == DirectionClass.NONE) {
                return trait.isEmpty() ? "all languages" : trait;
            }
            return trait.isEmpty() ? of.label() : of.label() + ", " + trait;
        }
    }

    private record Place(String task, ReportMetric metric, DirectionClass direction, String group) {}

    /** All groups of a kind; by task and metric as they come, then direction, then name. */
    static List<GroupMean> of(Kind kind, List<ScoreRow> rows) {
        Map<Place, List<ScoreRow>> groups = new LinkedHashMap<>();
        for (ScoreRow row : rows) {
            if (row.language().isPresent() && row.complete()) {
                for (DirectionClass of : DirectionClass.of(row)) {
                    Place place = new Place(row.key().task(), row.metric(), of, kind.group(of, row));
                    groups.computeIfAbsent(place, key -> new ArrayList<>()).add(row);
                }
            }
        }
        List<String> order = groups.keySet().stream().map(Place::task).distinct().toList();
        return groups.entrySet().stream()
                .sorted((a, b) -> compare(a.getKey(), b.getKey(), order))
                .map(entry -> mean(kind, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static int compare(Place a, Place b, List<String> tasks) {
        int byTask = Integer.compare(tasks.indexOf(a.task()), tasks.indexOf(b.task()));
        int byMetric = Integer.compare(a.metric().rank(), b.metric().rank());
        byMetric = byMetric != 0 ? byMetric : a.metric().key().compareTo(b.metric().key());
        int byDirection = a.direction().compareTo(b.direction());
        int byGroup = Integer.compare(order(a.group()), order(b.group()));
        byGroup = byGroup != 0 ? byGroup : a.group().compareTo(b.group());
        return byTask != 0 ? byTask : byMetric != 0 ? byMetric : byDirection != 0 ? byDirection : byGroup;
    }

    /** Resource classes from much to little. */
    private static int order(String group) {
        return group.endsWith("high") ? 0 : group.endsWith("mid") ? 1 : group.endsWith("low") ? 2 : 3;
    }

    private static GroupMean mean(Kind kind, Place place, List<ScoreRow> rows) {
        int systems = rows.get(0).values().size();
        List<Double> means = IntStream.range(0, systems)
                .mapToObj(system -> rows.stream()
                        .mapToDouble(row -> row.values().get(system).orElseThrow().points())
                        .average()
                        .orElseThrow())
                .toList();
        List<Double> halves = IntStream.range(0, systems)
                .mapToObj(system -> Math.sqrt(rows.stream()
                                .mapToDouble(row -> row.values().get(system).orElseThrow().halfWidth())
                                .map(half -> half * half)
                                .sum())
                        / rows.size())
                .toList();
        return new GroupMean(place.task(), place.metric(), kind, place.group(), rows.size(), means, halves);
    }
}

package org.bayling.evaluation.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bayling.evaluation.report.HeatMapFigure.Cell;
import org.bayling.evaluation.report.HeatMapFigure.Place;
import org.bayling.evaluation.report.ScoreRow.Value;

/** Heat maps of a report: the last system's scores, or where there are several its differences to the baseline. */
final class ReportHeatMap {
    private static final int FEWEST_PAIRS = 4;

    private final EvaluationReport report;
    private final int system;

    ReportHeatMap(EvaluationReport report) {
        this.report = report;
        this.system = report.names().size() - 1;
    }

    /** Languages by tasks and directions, by each task's main metric; empty where there is one language alone. */
    String languages() {
        Map<Place, ScoreRow> rows = new LinkedHashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        for (String task : report.tasks().keySet()) {
            ReportMetric metric = report.mainMetric(task);
            for (DirectionClass of : DirectionClass.values()) {
                for (ScoreRow row : report.rows(task, metric)) {
                    if (of != DirectionClass.OTHER && DirectionClass.of(row).contains(of)) {
                        String column = task + "\n" + metric.title() + "\n" + of.label();
                        columns.add(column);
                        rows.putIfAbsent(new Place(label(of.x(row)), column), row);
                    }
                }
            }
        }
        Set<String> languages = new TreeSet<>();
        rows.keySet().forEach(place -> languages.add(place.row()));
        return languages.size() < 2
                ? ""
                : HeatMapFigure.html("Languages by tasks", List.copyOf(languages), List.copyOf(columns), cells(rows));
    }

    /** Sources by targets of a task that goes beyond English and Chinese; empty for others. */
    String pairs(String task) {
        Map<Place, ScoreRow> rows = new LinkedHashMap<>();
        Set<String> sources = new TreeSet<>();
        Set<String> targets = new TreeSet<>();
        int others = 0;
        for (ScoreRow row : report.rows(task, report.mainMetric(task))) {
            if (row.source().isPresent()) {
                sources.add(label(row.source().get()));
                targets.add(row.language().orElseThrow().code());
                rows.put(new Place(label(row.source().get()), row.language().orElseThrow().code()), row);
                others += DirectionClass.of(row).contains(DirectionClass.OTHER) ? 1 : 0;
            }
        }
        return others < FEWEST_PAIRS
                ? ""
                : HeatMapFigure.html(task, List.copyOf(sources), List.copyOf(targets), cells(rows));
    }

    private static String label(LanguageTraits language) {
        return language.name() + " (" + language.code() + ")";
    }

    /** The colours of each metric go up to its largest amount. */
    private Map<Place, Cell> cells(Map<Place, ScoreRow> rows) {
        Map<ReportMetric, Double> most = new HashMap<>();
        rows.values().forEach(row -> amount(row).ifPresent(amount -> most.merge(row.metric(), Math.abs(amount), Math::max)));
        Map<Place, Cell> cells = new HashMap<>();
        rows.forEach((place, row) -> amount(row).ifPresent(amount -> cells.put(
                place,
                new Cell(most.get(row.metric()) == 0 ? 0 : amount / most.get(row.metric()), text(row), title(row)))));
        return cells;
    }

    /** Positive for what is better. */
    private Optional<Double> amount(ScoreRow row) {
        Optional<Value> value = row.values().get(system);
        return system == 0
                ? value.map(Value::points)
                : value.flatMap(Value::comparison).map(paired -> row.metric().gain(0, paired.difference()));
    }

    private String text(ScoreRow row) {
        Value value = row.values().get(system).orElseThrow();
        return system == 0
                ? row.metric().format(value.points())
                : ReportTables.difference(value.comparison().orElseThrow(), row.metric());
    }

    private String title(ScoreRow row) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < row.values().size(); i++) {
            String name = report.names().get(i);
            row.values().get(i).ifPresent(value -> parts.add(name + " " + row.metric().format(value.points())));
        }
        return row.key() + ": " + String.join(", ", parts);
    }
}

package org.bayling.evaluation.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bayling.evaluation.report.ScoreRow.Paired;
import org.bayling.evaluation.report.ScoreRow.Value;

/** The tables of a report, the same in HTML and Markdown. */
final class ReportTables {
    static final String LEGEND = "* p ≤ 0.05. Tested one by one: of twenty differences that are none, one gets the mark.";

    private final EvaluationReport report;
    private final List<String> names;

    ReportTables(EvaluationReport report) {
        this.report = report;
        this.names = report.names();
    }

    /** Each task's main numbers: means, and how many languages or directions are better and worse than the baseline. */
    ReportTable summary() {
        List<String> columns = new ArrayList<>(List.of("task", "metric", ">scores"));
        names.forEach(name -> columns.add(">" + name));
        others().forEach(i -> columns.addAll(
                List.of(">difference " + suffix(i), ">better* " + suffix(i), ">worse* " + suffix(i), ">unclear " + suffix(i))));
        List<List<String>> rows = new ArrayList<>();
        report.tasks().forEach((task, metrics) -> metrics.forEach(metric -> {
            List<ScoreRow> scores = report.rows(task, metric).stream()
                    .filter(ScoreRow::complete)
                    .toList();
            if (!scores.isEmpty()) {
                rows.add(summary(task, metric, scores));
            }
        }));
        return new ReportTable("Summary", strip(columns), rows);
    }

    private List<String> summary(String task, ReportMetric metric, List<ScoreRow> scores) {
        List<String> row = new ArrayList<>(List.of(task, metric.title(), Integer.toString(scores.size())));
        List<Double> means = new ArrayList<>();
        for (int system = 0; system < names.size(); system++) {
            int of = system;
            means.add(scores.stream()
                    .mapToDouble(score -> score.values().get(of).orElseThrow().points())
                    .average()
                    .orElseThrow());
            row.add(metric.format(means.get(system)));
        }
        for (int system : others()) {
            WinCount count = WinCount.of(scores, system);
            row.add(metric.signed(means.get(system) - means.get(0)));
            row.add(count.tested() ? Integer.toString(count.better()) : "–");
            row.add(count.tested() ? Integer.toString(count.worse()) : "–");
            row.add(count.tested() ? Integer.toString(count.unclear()) : "–");
        }
        return row;
    }

    /** Means of one kind of group. */
    ReportTable groups(GroupMean.Kind kind) {
        List<String> columns = new ArrayList<>(List.of("task", "metric", kind.label(), ">scores"));
        names.forEach(name -> columns.add(">" + name));
        others().forEach(i -> columns.add(">difference " + suffix(i)));
        List<List<String>> rows = new ArrayList<>();
        for (GroupMean mean : report.means(kind)) {
            List<String> row = new ArrayList<>(List.of(
                    mean.task(), mean.metric().title(), mean.group(), Integer.toString(mean.size())));
            for (int system = 0; system < names.size(); system++) {
                double half = mean.halfWidths().get(system);
                row.add(mean.metric().format(mean.means().get(system))
                        + (Double.isNaN(half) ? "" : " ± " + mean.metric().format(half)));
            }
            for (int system : others()) {
                row.add(mean.metric().signed(mean.means().get(system) - mean.means().get(0)));
            }
            rows.add(row);
        }
        return new ReportTable("By " + kind.label(), strip(columns), rows);
    }

    /** All languages of a task by one metric; a column for each direction and system. */
    ReportTable languages(String task, ReportMetric metric) {
        Map<String, LanguageTraits> languages = new LinkedHashMap<>();
        Map<DirectionClass, Map<String, ScoreRow>> byDirection = new EnumMap<>(DirectionClass.class);
        for (ScoreRow row : report.rows(task, metric)) {
            for (DirectionClass of : DirectionClass.of(row)) {
                LanguageTraits x = of.x(row);
                String code = of == DirectionClass.OTHER ? row.source().orElseThrow().code() + " → " + x.code() : x.code();
                languages.putIfAbsent(code, x);
                byDirection.computeIfAbsent(of, key -> new LinkedHashMap<>()).put(code, row);
            }
        }
        List<String> columns = new ArrayList<>(List.of("language", "name", "script", "resources"));
        byDirection.keySet().forEach(of -> {
            names.forEach(name -> columns.add((">" + of.label() + " " + name).replace("> ", ">")));
            others().forEach(i -> columns.add((">" + of.label() + " difference " + suffix(i)).replace("> ", ">")));
        });
        List<List<String>> rows = new ArrayList<>();
        languages.keySet().stream().sorted().forEach(code -> {
            LanguageTraits x = languages.get(code);
            List<String> row = new ArrayList<>(List.of(code, x.name(), x.script(), x.resources()));
            byDirection.values().forEach(of -> row.addAll(cells(Optional.ofNullable(of.get(code)), metric)));
            rows.add(row);
        });
        return new ReportTable(task + ", " + metric.title(), strip(columns), rows);
    }

    private List<String> cells(Optional<ScoreRow> row, ReportMetric metric) {
        List<String> cells = new ArrayList<>();
        for (int system = 0; system < names.size(); system++) {
            int of = system;
            cells.add(row.flatMap(score -> score.values().get(of)).map(value -> value(value, metric)).orElse(""));
        }
        for (int system : others()) {
            cells.add(row.flatMap(score -> score.values().get(system))
                    .flatMap(Value::comparison)
                    .map(paired -> difference(paired, metric))
                    .orElse(""));
        }
        return cells;
    }

    private static String value(Value value, ReportMetric metric) {
        double half = value.halfWidth();
        return metric.format(value.points()) + (Double.isNaN(half) ? "" : " ± " + metric.format(half));
    }

    static String difference(Paired paired, ReportMetric metric) {
        return metric.signed(paired.difference()) + (paired.significant() ? "*" : "");
    }

    /** Indices of all systems but the baseline. */
    private List<Integer> others() {
        return IntStream.range(1, names.size()).boxed().toList();
    }

    /** Which system a column is of, where there are several beside the baseline. */
    private String suffix(int system) {
        return names.size() > 2 ? names.get(system) : "";
    }

    private static List<String> strip(List<String> columns) {
        return columns.stream().map(String::stripTrailing).toList();
    }
}

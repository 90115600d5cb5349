package org.bayling.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.bayling.evaluation.report.ScoreRow.Paired;
import org.bayling.evaluation.report.ScoreRow.Value;

/** A report as Markdown, CSV and JSON; the last two stand in the package's description. */
public final class ReportText {
    private static final String HEADER = "level,task,group_kind,group,source,language,name,script,resource_class,metric,"
            + "system,value,low,high,size,difference,p_value,test";

    private final EvaluationReport report;
    private final Optional<RegressionGuard> guard;

    public ReportText(EvaluationReport report, Optional<RegressionGuard> guard) {
        this.report = report;
        this.guard = guard;
    }

    /** The tables of the page. */
    public String markdown() {
        ReportTables tables = new ReportTables(report);
        List<String> lines = new ArrayList<>(List.of("## Evaluation report", ""));
        guard.ifPresent(result -> lines.addAll(List.of("Guard: " + ReportTable.escaped(result.verdict()) + ".", "")));
        add(lines, tables.summary());
        for (GroupMean.Kind kind : GroupMean.Kind.values()) {
            add(lines, tables.groups(kind));
        }
        report.tasks().forEach((task, metrics) -> metrics.forEach(metric -> {
            if (!report.rows(task, metric).isEmpty()) {
                add(lines, tables.languages(task, metric));
            }
        }));
        if (!report.tests().isEmpty()) {
            lines.add(ReportTable.escaped(ReportTables.LEGEND + " Tests: " + String.join(", ", report.tests()) + "."));
        }
        return String.join("\n", lines) + "\n";
    }

    private static void add(List<String> lines, ReportTable table) {
        lines.addAll(table.markdown());
        lines.add("");
    }

    /** All numbers in long form. */
    public String csv() {
        List<List<String>> lines = new ArrayList<>();
        for (ScoreRow row : report.rows()) {
            for (int system = 0; system < row.values().size(); system++) {
                String name = report.names().get(system);
                row.values().get(system).ifPresent(value -> lines.add(cells(row, name, value)));
            }
        }
        for (GroupMean.Kind kind : GroupMean.Kind.values()) {
            for (GroupMean mean : report.means(kind)) {
                for (int system = 0; system < mean.means().size(); system++) {
                    lines.add(cells(mean, system));
                }
            }
        }
        return HEADER + "\n"
                + lines.stream()
                        .map(line -> line.stream().map(ReportText::quoted).collect(Collectors.joining(",")) + "\n")
                        .collect(Collectors.joining());
    }

    private static List<String> cells(ScoreRow row, String system, Value value) {
        Optional<Paired> paired = value.comparison();
        return List.of(
                "score",
                row.key().task(),
                "",
                "",
                row.key().source().orElse(""),
                row.key().language().orElse(""),
                row.language().map(LanguageTraits::name).orElse(""),
                row.language().map(LanguageTraits::script).orElse(""),
                row.language().map(LanguageTraits::resources).orElse(""),
                row.key().metric(),
                system,
                Double.toString(value.points()),
                number(value.low()),
                number(value.high()),
                Integer.toString(value.size()),
                paired.map(of -> Double.toString(of.difference())).orElse(""),
                paired.map(of -> number(of.pValue())).orElse(""),
                paired.map(Paired::test).orElse(""));
    }

    private List<String> cells(GroupMean mean, int system) {
        double value = mean.means().get(system);
        double half = mean.halfWidths().get(system);
        return List.of(
                "mean",
                mean.task(),
                mean.kind().label(),
                mean.group(),
                "",
                "",
                "",
                "",
                "",
                mean.metric().key(),
                report.names().get(system),
                Double.toString(value),
                Double.isNaN(half) ? "" : Double.toString(value - half),
                Double.isNaN(half) ? "" : Double.toString(value + half),
                Integer.toString(mean.size()),
                system == 0 ? "" : Double.toString(value - mean.means().get(0)),
                "",
                "");
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }

    /** A text that a spreadsheet would run as a formula gets an apostrophe in front; figures stay as they are. */
    private static String quoted(String text) {
        boolean formula = text.matches("(?s)[=+@\\t\\r-].*") && !text.matches("-?[0-9.]+(E-?[0-9]+)?|-Infinity");
        String safe = formula ? "'" + text : text;
        return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    /** All numbers as one object. */
    public String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("format", "bayling-report").put("version", 1);
        report.names().forEach(root.putArray("systems")::add);
        root.put("baseline", report.names().get(0));
        ArrayNode scores = root.putArray("scores");
        report.rows().forEach(row -> score(scores.addObject(), row));
        ArrayNode means = root.putArray("means");
        for (GroupMean.Kind kind : GroupMean.Kind.values()) {
            report.means(kind).forEach(mean -> mean(means.addObject(), mean));
        }
        guard.ifPresent(result -> guard(root.putObject("guard"), result));
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values can be written", impossible);
        }
    }

    private void score(ObjectNode node, ScoreRow row) {
        node.put("task", row.key().task());
        row.key().source().ifPresent(code -> node.put("source", code));
        row.language().ifPresent(language -> node.put("language", language.code())
                .put("name", language.name())
                .put("script", language.script())
                .put("resource_class", language.resources()));
        node.put("metric", row.key().metric());
        ObjectNode systems = node.putObject("systems");
        for (int system = 0; system < row.values().size(); system++) {
            Optional<Value> value = row.values().get(system);
            if (value.isPresent()) {
                ObjectNode of = systems.putObject(report.names().get(system));
                of.put("value", value.get().points());
                value.get().low().ifPresent(low -> of.put("low", low));
                value.get().high().ifPresent(high -> of.put("high", high));
                of.put("size", value.get().size());
                value.get().comparison().ifPresent(paired -> {
                    of.put("difference", paired.difference());
                    paired.pValue().ifPresent(p -> of.put("p_value", p).put("test", paired.test()));
                });
            }
        }
    }

    private void mean(ObjectNode node, GroupMean mean) {
        node.put("task", mean.task()).put("group_kind", mean.kind().label()).put("group", mean.group());
        node.put("metric", mean.metric().key()).put("size", mean.size());
        ObjectNode systems = node.putObject("systems");
        for (int system = 0; system < mean.means().size(); system++) {
            double half = mean.halfWidths().get(system);
            ObjectNode of = systems.putObject(report.names().get(system)).put("value", mean.means().get(system));
            if (!Double.isNaN(half)) {
                of.put("low", mean.means().get(system) - half).put("high", mean.means().get(system) + half);
            }
            if (system > 0) {
                of.put("difference", mean.means().get(system) - mean.means().get(0));
            }
        }
    }

    private static void guard(ObjectNode node, RegressionGuard guard) {
        guard.languages().forEach(node.putArray("languages")::add);
        node.put("tolerance", guard.tolerance()).put("checked", guard.checked()).put("passed", guard.passed());
        ArrayNode losses = node.putArray("losses");
        guard.losses().forEach(loss -> losses.addObject()
                .put("measured", loss.measured())
                .put("system", loss.system())
                .put("baseline", loss.baseline())
                .put("now", loss.points())
                .put("points_worse", loss.lost()));
    }
}

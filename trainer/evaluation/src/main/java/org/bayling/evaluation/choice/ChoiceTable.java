package org.bayling.evaluation.choice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as lm-evaluation-harness prints it, as its JSON, and as comma-separated values. */
public final class ChoiceTable {
    private static final String FILTER = "none";
    private static final String NOT_KNOWN = "N/A";
    private static final List<String> HEADER =
            List.of("Tasks", "Version", "Filter", "n-shot", "Metric", "   ", "Value", "   ", "Stderr");
    private static final List<Boolean> RIGHT =
            List.of(false, true, false, true, false, false, true, false, true);

    private ChoiceTable() {}

    /** Lines of a Markdown table. */
    public static List<String> markdown(ChoiceReport report) {
        List<List<String>> cells = new ArrayList<>();
        for (ChoiceReport.Row row : report.rows()) {
            String name = row.depth() == 0 ? row.name() : " ".repeat(row.depth()) + "- " + row.name();
            boolean first = true;
            for (ChoiceMetric metric : report.metrics()) {
                ChoiceReport.Value value = row.values().get(metric);
                cells.add(List.of(
                        first ? name : "",
                        first ? "1" : "",
                        FILTER,
                        Integer.toString(report.shots()),
                        metric.key(),
                        "↑",
                        decimals(value.mean()),
                        "±",
                        stderr(value)));
                first = false;
            }
        }
        int[] widths = new int[HEADER.size()];
        for (int c = 0; c < widths.length; c++) {
            int column = c;
            int longest = cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
            widths[c] = Math.max(HEADER.get(c).length(), longest);
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(HEADER, widths));
        lines.add(rule(widths));
        cells.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    /** {@code {"results": {"xcopa_zh": {"acc,none": ..., "acc_stderr,none": ...}}, "groups": ..., "n-samples": ...}} */
    public static ObjectNode json(ChoiceReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("task", report.task()).put("n-shot", report.shots());
        ObjectNode results = root.putObject("results");
        ObjectNode groups = root.putObject("groups");
        ObjectNode samples = root.putObject("n-samples");
        for (ChoiceReport.Row row : report.rows()) {
            ObjectNode node = (row.group() ? groups : results).putObject(row.name());
            for (ChoiceMetric metric : report.metrics()) {
                ChoiceReport.Value value = row.values().get(metric);
                node.put(metric.key() + "," + FILTER, value.mean());
                String key = metric.key() + "_stderr," + FILTER;
                value.stderr().ifPresentOrElse(error -> node.put(key, error), () -> node.put(key, NOT_KNOWN));
            }
            samples.put(row.name(), row.size());
        }
        return root;
    }

    /** A line for each row and metric, all digits. */
    public static List<String> csv(ChoiceReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("task,group,n,n_shot,metric,value,stderr");
        for (ChoiceReport.Row row : report.rows()) {
            for (ChoiceMetric metric : report.metrics()) {
                ChoiceReport.Value value = row.values().get(metric);
                String stderr = value.stderr().isPresent() ? Double.toString(value.stderr().getAsDouble()) : "";
                lines.add(String.join(
                        ",",
                        quoted(row.name()),
                        Boolean.toString(row.group()),
                        Integer.toString(row.size()),
                        Integer.toString(report.shots()),
                        metric.key(),
                        Double.toString(value.mean()),
                        stderr));
            }
        }
        return lines;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int c = 0; c < widths.length; c++) {
            String space = " ".repeat(widths[c] - cells.get(c).length());
            line.append(RIGHT.get(c) ? space + cells.get(c) : cells.get(c) + space).append('|');
        }
        return line.toString();
    }

    private static String rule(int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int c = 0; c < widths.length; c++) {
            line.append("-".repeat(RIGHT.get(c) ? widths[c] - 1 : widths[c])).append(RIGHT.get(c) ? ":|" : "|");
        }
        return line.toString();
    }

    private static String stderr(ChoiceReport.Value value) {
        return value.stderr().isPresent() ? decimals(value.stderr().getAsDouble()) : NOT_KNOWN;
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\\n\\r]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

package org.bayling.evaluation.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as every format shows it.
 *
 * @param title heading
 * @param columns titles; one that begins with {@code >} is of figures, without that sign
 * @param rows cells of plain text
 */
record ReportTable(String title, List<String> columns, List<List<String>> rows) {
    ReportTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    boolean figures(int column) {
        return columns.get(column).startsWith(">");
    }

    String column(int column) {
        return figures(column) ? columns.get(column).substring(1) : columns.get(column);
    }

    /** GitHub's Markdown; signs that it would read are escaped. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("### " + escaped(title));
        lines.add("");
        StringBuilder head = new StringBuilder("|");
        StringBuilder rule = new StringBuilder("|");
        for (int column = 0; column < columns.size(); column++) {
            head.append(' ').append(escaped(column(column))).append(" |");
            rule.append(figures(column) ? " ---: |" : " --- |");
        }
        lines.add(head.toString());
        lines.add(rule.toString());
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("|");
            row.forEach(cell -> line.append(' ').append(escaped(cell)).append(" |"));
            lines.add(line.toString());
        }
        return lines;
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                safe.append(' ');
            } else {
                if ("\\`*_{}[]<>|#&".indexOf(c) >= 0) {
                    safe.append('\\');
                }
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }
}

package org.bayling.cli;

import java.util.ArrayList;
import java.util.List;
import org.bayling.data.DataReport;
import org.bayling.observe.Figures;
import org.bayling.observe.TextTable;

/** What reading the data found, for the console. */
final class DataTables {
    private DataTables() {}

    /** Counts by data set and language. */
    static TextTable report(DataReport report) {
        TextTable table = TextTable.of(
                "data set", "language", ">rows", ">used", ">bad", ">overlong", ">dropped", ">tokens", ">trained");
        report.lines().forEach(line -> add(table, line, line.group().language().orElse("-")));
        if (report.lines().size() > 1) {
            add(table, report.total(), "");
        }
        return table;
    }

    private static void add(TextTable table, DataReport.Line line, String language) {
        table.row(
                line.group().dataset().isEmpty() ? "in all" : line.group().dataset(),
                language,
                Figures.count(line.rows()),
                Figures.count(line.used()),
                Figures.count(line.bad()),
                Figures.count(line.overlong()),
                Figures.count(line.dropped()),
                Figures.count(line.tokens()),
                Figures.count(line.trainedTokens()));
    }

    /** The first bad rows with file and line, and how many more there are; empty when all were good. */
    static List<String> badRows(DataReport report) {
        List<String> lines = new ArrayList<>();
        report.badRows().forEach(row -> lines.add("bad row " + row));
        long all = report.badCounts().values().stream().mapToLong(Long::longValue).sum();
        if (all > report.badRows().size()) {
            lines.add("and " + Figures.count(all - report.badRows().size()) + " more bad rows");
        }
        return lines;
    }
}

package org.bayling.observe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;
import org.bayling.observe.RunEvent.Finished;

/**
 * {@code report.html}: a run in one page that needs neither network nor scripts, made from {@code log.jsonl} and from
 * sections that others add, such as scores before and after training.
 */
public final class RunReport {

    /**
     * A part of the page that does not come from the log.
     *
     * @param title heading
     * @param note one or two sentences on how to read it; may be empty
     * @param bars shown first
     * @param table shown last; empty when there is none
     */
    public record Section(String title, String note, List<GroupedBars> bars, Optional<Table> table) {
        public Section {
            bars = List.copyOf(bars);
        }
    }

    /**
     * Rows of cells; a column whose cells are all figures is set to the right.
     *
     * @throws IllegalArgumentException when a row has not as many cells as there are columns
     */
    public record Table(List<String> columns, List<List<String>> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                requireSize(row, columns, "cells");
            }
        }
    }

    /**
     * Horizontal bars, one for each series under each name; the names with the highest last value come first.
     *
     * @param series for example {@code before, after}
     * @param maximum value of a full bar, for example 1 or 100
     */
    public record GroupedBars(String title, List<String> series, double maximum, List<Bars> names) {
        public GroupedBars {
            series = List.copyOf(series);
            names = names.stream()
                    .sorted(Comparator.comparingDouble((Bars b) -> b.last()).reversed().thenComparing(Bars::name))
                    .toList();
            for (Bars bars : names) {
                requireSize(bars.values(), series, "values");
            }
        }
    }

    /**
     * @param name for example {@code German}
     * @param detail second line in small print, for example {@code Deutsch}; may be empty
     * @param values one for each series, not negative; NaN shows no bar
     */
    public record Bars(String name, String detail, List<Double> values) {
        public Bars {
            values = List.copyOf(values);
        }

        private double last() {
            double last = values.isEmpty() ? Double.NaN : values.get(values.size() - 1);
            return Double.isNaN(last) ? -1 : last;
        }
    }

    private final String title;
    private final List<Section> sections = new ArrayList<>();

    public RunReport(String title) {
        this.title = title;
    }

    /** Adds a section, shown above the curves, and returns this report. */
    public RunReport with(Section section) {
        sections.add(section);
        return this;
    }

    /** Writes the page, replacing an older one. */
    public void write(Path log, Path file) throws IOException {
        RunHistory history = RunHistory.read(log);
        StringBuilder page = new StringBuilder();
        RunReportParts parts = new RunReportParts(page, history);
        parts.header(title);
        sections.forEach(parts::section);
        parts.curves();
        parts.groups();
        parts.evaluations();
        parts.warnings();
        parts.settings();
        AtomicFile.write(file, ReportPage.of(title, "", page), FaultPoint.NONE);
    }

    /** An observer that writes this report when the run is over, however it ends; place it after the log. */
    public RunObserver whenFinished(Path log, Path file) {
        return new ReportWriter(this, log, file);
    }

    private record ReportWriter(RunReport report, Path log, Path file) implements RunObserver {
        @Override
        public void on(RunEvent event) throws IOException {
            if (event instanceof Finished) {
                report.write(log, file);
            }
        }
    }

    private static void requireSize(List<?> row, List<?> columns, String what) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(
                    row.size() + " " + what + " where " + columns.size() + " are expected: " + row + " for " + columns);
        }
    }

    static String outcome(Optional<Finished> finished) {
        return finished.map(Finished::outcome).map(ConsoleProgress::word).orElse("unfinished");
    }

}

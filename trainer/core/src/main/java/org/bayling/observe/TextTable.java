package org.bayling.observe;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text whose columns line up on a terminal, whatever the script. Control characters in cells are replaced,
 * so that a name out of a data file cannot move the cursor.
 */
public final class TextTable {

    /** Where a column's text stands. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private static final String GAP = "  ";

    private final List<String> header;
    private final List<Align> aligns;
    private final int maxCellWidth;
    private final List<List<String>> rows = new ArrayList<>();

    private TextTable(List<String> header, List<Align> aligns, int maxCellWidth) {
        this.header = header.stream().map(Terminal::printable).toList();
        this.aligns = List.copyOf(aligns);
        this.maxCellWidth = maxCellWidth;
    }

    /** A table with a header; a column whose title begins with {@code >} is set to the right, without that sign. */
    public static TextTable of(String... titles) {
        List<String> header = new ArrayList<>();
        List<Align> aligns = new ArrayList<>();
        for (String title : titles) {
            boolean right = title.startsWith(">");
            header.add(right ? title.substring(1) : title);
            aligns.add(right ? Align.RIGHT : Align.LEFT);
        }
        return new TextTable(header, aligns, Integer.MAX_VALUE);
    }

    /** A table of names and values without a header, as for settings. */
    public static TextTable ofPairs() {
        return new TextTable(List.of(), List.of(Align.LEFT, Align.LEFT), Integer.MAX_VALUE);
    }

    /** The same columns with every cell cut to {@code width} columns of the terminal. */
    public TextTable withCellsUpTo(int width) {
        TextTable cut = new TextTable(header, aligns, width);
        cut.rows.addAll(rows);
        return cut;
    }

    /**
     * Adds a row and returns this table.
     *
     * @throws IllegalArgumentException when the number of cells is not the number of columns
     */
    public TextTable row(Object... cells) {
        if (cells.length != aligns.size()) {
            throw new IllegalArgumentException(
                    "a row of " + cells.length + " cells in a table of " + aligns.size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(Terminal.printable(String.valueOf(cell)));
        }
        rows.add(row);
        return this;
    }

    /** The lines, without spaces at their ends; with a header, its line and a rule come first. */
    public List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        if (!header.isEmpty()) {
            lines.add(line(header, widths));
            List<String> rule = new ArrayList<>();
            for (int width : widths) {
                rule.add("─".repeat(width));
            }
            lines.add(String.join(GAP, rule));
        }
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    /** All lines, each ended by a line feed. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[aligns.size()];
        List<List<String>> all = new ArrayList<>(rows);
        all.add(header);
        for (List<String> row : all) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], DisplayWidth.of(cell(row, column)));
            }
        }
        return widths;
    }

    private String line(List<String> row, int[] widths) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            cells.add(DisplayWidth.pad(cell(row, column), widths[column], aligns.get(column) == Align.RIGHT));
        }
        return String.join(GAP, cells).stripTrailing();
    }

    private String cell(List<String> row, int column) {
        return DisplayWidth.cut(row.get(column), maxCellWidth);
    }
}

package org.bayling.evaluation.report;

import java.util.List;
import java.util.Map;
import org.bayling.observe.Html;

/** Values of rows by columns: the farther from nothing, the deeper the colour; blue is more, orange less. */
final class HeatMapFigure {
    private static final int LABEL = 200;
    private static final int HEAD = 58;
    private static final int ROW = 17;
    private static final int LEAST_COLUMN = 46;
    private static final int MOST_COLUMN = 150;
    private static final int WIDTH = 960;
    private static final double DEEPEST = 0.75;

    private HeatMapFigure() {}

    /**
     * One cell.
     *
     * @param amount -1 to 1; its sign tells better from worse
     * @param text what is written into it
     * @param title what the pointer shows
     */
    record Cell(double amount, String text, String title) {}

    /** A place in the map. */
    record Place(String row, String column) {}

    static String html(String name, List<String> rows, List<String> columns, Map<Place, Cell> cells) {
        double column = Math.max(
                LEAST_COLUMN, Math.min(MOST_COLUMN, (double) (WIDTH - LABEL) / Math.max(1, columns.size())));
        Figure figure = new Figure(LABEL + column * columns.size() + 4, HEAD + ROW * rows.size() + 4);
        for (int c = 0; c < columns.size(); c++) {
            String[] lines = columns.get(c).split("\n");
            for (int line = 0; line < lines.length; line++) {
                double y = HEAD - 8 - 14 * (lines.length - 1 - line);
                figure.text(
                        LABEL + column * (c + 0.5), y, "middle", "ink", Figure.cut(lines[line], (int) (column / 6)));
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            double top = HEAD + ROW * r;
            figure.text(LABEL - 8, top + 12, "end", "ink", Figure.cut(rows.get(r), 32));
            for (int c = 0; c < columns.size(); c++) {
                Cell cell = cells.get(new Place(rows.get(r), columns.get(c)));
                if (cell != null) {
                    double left = LABEL + column * c;
                    figure.box(left + 1, top + 1, column - 2, ROW - 2, fill(cell.amount()), cell.title());
                    figure.text(left + column / 2, top + 12, "middle", "ink through", cell.text());
                }
            }
        }
        return figure.html(name, List.of());
    }

    private static String fill(double amount) {
        double depth = DEEPEST * Math.min(1, Math.abs(amount));
        return "rgba(var(--" + (amount < 0 ? "lower" : "higher") + ")," + Html.number(depth) + ")";
    }
}

package org.bayling.evaluation.report;

import java.util.List;

/** Means of groups as bars with error bars, the systems below each other. */
final class BarFigure {
    private static final int WIDTH = 960;
    private static final int LEFT = 300;
    private static final int RIGHT = 130;
    private static final int BAR = 14;
    private static final int GAP = 12;
    private static final int FOOT = 24;
    private static final int LETTERS = 44;

    private BarFigure() {}

    static String html(String name, List<GroupMean> means, List<String> systems) {
        double most = means.stream()
                .flatMap(mean -> mean.means().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        double end = Figure.roundAbove(most * 1.05);
        double block = BAR * systems.size() + GAP;
        double foot = block * means.size() + 4;
        Figure figure = new Figure(WIDTH, foot + FOOT);
        for (int tick = 0; tick <= 4; tick++) {
            double x = x(end * tick / 4, end);
            figure.line(x, 0, x, foot, "gridline");
            figure.text(x, foot + 16, "middle", "", ReportMetric.of("").format(end * tick / 4));
        }
        for (int row = 0; row < means.size(); row++) {
            GroupMean mean = means.get(row);
            double top = GAP / 2.0 + row * block;
            String label = mean.task() + ", " + mean.metric().title() + ", " + mean.group();
            figure.text(LEFT - 10, top + BAR * systems.size() / 2.0 + 4, "end", "ink", Figure.cut(label, LETTERS));
            for (int system = 0; system < systems.size(); system++) {
                bar(figure, mean, system, systems, top + system * BAR, end);
            }
        }
        return figure.html(name, systems);
    }

    private static void bar(
            Figure figure, GroupMean mean, int system, List<String> systems, double top, double end) {
        double value = mean.means().get(system);
        double half = mean.halfWidths().get(system);
        String figureText = mean.metric().format(value);
        figure.box(
                LEFT,
                top + 1,
                Math.max(1, x(value, end) - LEFT),
                BAR - 2,
                Figure.colour(system, systems.size()),
                systems.get(system) + ": " + figureText);
        double edge = x(value, end);
        if (!Double.isNaN(half)) {
            double middle = top + BAR / 2.0;
            double low = x(Math.max(0, value - half), end);
            edge = x(value + half, end);
            figure.line(low, middle, edge, middle, "whisker");
            figure.line(low, middle - 3, low, middle + 3, "whisker");
            figure.line(edge, middle - 3, edge, middle + 3, "whisker");
        }
        boolean last = system > 0 && system == systems.size() - 1;
        String difference = system == 0 ? "" : " (" + mean.metric().signed(value - mean.means().get(0)) + ")";
        figure.text(edge + 6, top + BAR - 3, "start", last ? "ink" : "", figureText + difference);
    }

    private static double x(double value, double end) {
        return LEFT + value / end * (WIDTH - LEFT - RIGHT);
    }
}

package org.bayling.evaluation.report;

import java.util.ArrayList;
import java.util.List;

/** Means of groups around a centre that is 0; every spoke has the same scale. */
final class RadarFigure {
    static final int FEWEST = 3;
    static final int MOST = 18;

    private static final int WIDTH = 640;
    private static final int HEIGHT = 460;
    private static final double RADIUS = 165;
    private static final int RINGS = 4;

    private RadarFigure() {}

    static String html(String name, List<GroupMean> means, List<String> systems) {
        double end = Figure.roundAbove(means.stream()
                .flatMap(mean -> mean.means().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1));
        Figure figure = new Figure(WIDTH, HEIGHT);
        for (int ring = 1; ring <= RINGS; ring++) {
            double share = (double) ring / RINGS;
            List<double[]> points = new ArrayList<>();
            for (int spoke = 0; spoke < means.size(); spoke++) {
                points.add(point(spoke, means.size(), share));
            }
            figure.polygon(points, "ring", "var(--line)");
        }
        for (int spoke = 0; spoke < means.size(); spoke++) {
            double[] rim = point(spoke, means.size(), 1);
            figure.line(WIDTH / 2.0, HEIGHT / 2.0, rim[0], rim[1], "gridline");
            label(figure, means.get(spoke), spoke, means.size());
        }
        for (int system = 0; system < systems.size(); system++) {
            List<double[]> points = new ArrayList<>();
            for (int spoke = 0; spoke < means.size(); spoke++) {
                points.add(point(spoke, means.size(), Math.max(0, means.get(spoke).means().get(system)) / end));
            }
            figure.polygon(points, "radar", Figure.colour(system, systems.size()));
        }
        for (int ring = 1; ring <= RINGS; ring++) {
            double y = HEIGHT / 2.0 - RADIUS * ring / RINGS;
            figure.text(WIDTH / 2.0 + 4, y + 12, "start", "", ReportMetric.of("").format(end * ring / RINGS));
        }
        return figure.html(name, systems);
    }

    private static void label(Figure figure, GroupMean mean, int spoke, int spokes) {
        double[] at = point(spoke, spokes, 1 + 14 / RADIUS);
        double side = at[0] - WIDTH / 2.0;
        String anchor = Math.abs(side) < 1 ? "middle" : side > 0 ? "start" : "end";
        double lift = at[1] < HEIGHT / 2.0 ? -8 : 6;
        figure.text(at[0], at[1] + lift, anchor, "ink", Figure.cut(mean.group(), 24));
        figure.text(at[0], at[1] + lift + 13, anchor, "", Figure.cut(mean.task() + ", " + mean.metric().title(), 26));
    }

    private static double[] point(int spoke, int spokes, double share) {
        double angle = 2 * Math.PI * spoke / spokes - Math.PI / 2;
        return new double[] {
            WIDTH / 2.0 + RADIUS * share * Math.cos(angle), HEIGHT / 2.0 + RADIUS * share * Math.sin(angle)
        };
    }
}

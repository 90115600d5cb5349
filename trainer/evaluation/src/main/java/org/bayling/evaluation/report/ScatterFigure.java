package org.bayling.evaluation.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bayling.observe.Html;

/** Dots with labels; a label that has no free place beside its dot is left to the pointer. */
final class ScatterFigure {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 420;
    private static final int LEFT = 54;
    private static final int RIGHT = 20;
    private static final int TOP = 12;
    private static final int BOTTOM = 44;
    private static final double LETTER = 6.3;
    private static final double LINE = 11;

    private final List<double[]> taken = new ArrayList<>();
    private final double endX;
    private final double endY;

    /** A dot. */
    record Dot(String label, double x, double y, String title) {}

    private ScatterFigure(double endX, double endY) {
        this.endX = endX;
        this.endY = endY;
    }

    static String html(String name, String across, String up, List<Dot> dots) {
        double endX = Figure.roundAbove(dots.stream().mapToDouble(Dot::x).max().orElse(1));
        double endY = Figure.roundAbove(dots.stream().mapToDouble(Dot::y).max().orElse(1));
        return new ScatterFigure(endX, endY).draw(name, across, up, dots);
    }

    private String draw(String name, String across, String up, List<Dot> dots) {
        Figure figure = new Figure(WIDTH, HEIGHT);
        for (int tick = 0; tick <= 4; tick++) {
            double y = y(endY * tick / 4);
            figure.line(LEFT, y, WIDTH - RIGHT, y, tick == 0 ? "axis" : "gridline");
            figure.text(LEFT - 8, y + 4, "end", "", Html.number(endY * tick / 4));
            figure.text(x(endX * tick / 4), HEIGHT - BOTTOM + 16, "middle", "", Html.number(endX * tick / 4));
        }
        figure.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", "ink", across);
        figure.text(LEFT + 6, TOP + 8, "start", "ink", up);
        for (Dot dot : dots) {
            figure.dot(x(dot.x()), y(dot.y()), 3.5, "var(--accent)", dot.title());
            taken.add(new double[] {x(dot.x()) - 4, y(dot.y()) - 4, x(dot.x()) + 4, y(dot.y()) + 4});
        }
        dots.stream().sorted(Comparator.comparing(Dot::label)).forEach(dot -> label(figure, dot));
        return figure.html(name, List.of());
    }

    private void label(Figure figure, Dot dot) {
        double width = LETTER * dot.label().codePointCount(0, dot.label().length());
        double[][] places = {{6, -5}, {-6 - width, -5}, {-width / 2, -LINE - 5}, {-width / 2, 6}};
        for (double[] place : places) {
            double left = x(dot.x()) + place[0];
            double top = y(dot.y()) + place[1];
            double[] box = {left, top, left + width, top + LINE};
            if (box[0] > LEFT && box[2] < WIDTH && taken.stream().noneMatch(other -> overlap(box, other))) {
                taken.add(box);
                figure.text(left, top + LINE - 1, "start", "ink", dot.label());
                return;
            }
        }
    }

    private static boolean overlap(double[] a, double[] b) {
        return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    }

    private double x(double value) {
        return LEFT + value / endX * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return TOP + (1 - value / endY) * (HEIGHT - TOP - BOTTOM);
    }
}

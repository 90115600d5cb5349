package org.bayling.evaluation.report;

import java.util.List;
import org.bayling.observe.Html;

/** What the figures of a report have in common: the frame, texts, lines, and the colours of systems. */
final class Figure {
    private static final int COLOURS = 8;

    private final StringBuilder svg = new StringBuilder();
    private final double width;
    private final double height;

    Figure(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /** Of two systems the baseline is the paler. */
    static String colour(int system, int systems) {
        if (systems <= 2) {
            return systems == 2 && system == 0 ? "var(--before)" : "var(--accent)";
        }
        return "var(--c" + system % COLOURS + ")";
    }

    /** @param anchor {@code start}, {@code middle} or {@code end} */
    Figure text(double x, double y, String anchor, String style, String text) {
        svg.append("<text x=\"").append(Html.number(x)).append("\" y=\"").append(Html.number(y))
                .append("\" text-anchor=\"").append(anchor).append("\" class=\"").append(style).append("\">")
                .append(Html.text(text)).append("</text>");
        return this;
    }

    Figure line(double x1, double y1, double x2, double y2, String style) {
        svg.append("<line x1=\"").append(Html.number(x1)).append("\" y1=\"").append(Html.number(y1)).append("\" x2=\"")
                .append(Html.number(x2)).append("\" y2=\"").append(Html.number(y2)).append("\" class=\"").append(style)
                .append("\"/>");
        return this;
    }

    /** @param fill a colour of the style sheet, not text from outside */
    Figure box(double x, double y, double boxWidth, double boxHeight, String fill, String title) {
        svg.append("<rect x=\"").append(Html.number(x)).append("\" y=\"").append(Html.number(y)).append("\" width=\"")
                .append(Html.number(boxWidth)).append("\" height=\"").append(Html.number(boxHeight))
                .append("\" style=\"fill:").append(fill).append("\"><title>").append(Html.text(title))
                .append("</title></rect>");
        return this;
    }

    Figure dot(double x, double y, double radius, String fill, String title) {
        svg.append("<circle cx=\"").append(Html.number(x)).append("\" cy=\"").append(Html.number(y)).append("\" r=\"")
                .append(Html.number(radius)).append("\" style=\"fill:").append(fill).append("\"><title>")
                .append(Html.text(title)).append("</title></circle>");
        return this;
    }

    /** A closed line through points. */
    Figure polygon(List<double[]> points, String style, String stroke) {
        StringBuilder path = new StringBuilder();
        points.forEach(point -> path.append(path.isEmpty() ? "" : " ").append(Html.number(point[0])).append(',')
                .append(Html.number(point[1])));
        svg.append("<polygon points=\"").append(path).append("\" class=\"").append(style).append("\" style=\"stroke:")
                .append(stroke).append("\"/>");
        return this;
    }

    /** The figure with a key to the systems; none where there is one alone. */
    String html(String name, List<String> systems) {
        StringBuilder key = new StringBuilder();
        for (int system = 0; systems.size() > 1 && system < systems.size(); system++) {
            key.append("<span class=\"key\" style=\"--k:").append(colour(system, systems.size())).append("\"><bdi>")
                    .append(Html.text(systems.get(system))).append("</bdi></span>");
        }
        return "<figure class=\"wide\"><figcaption>" + key + "</figcaption><svg viewBox=\"0 0 " + Html.number(width) + " "
                + Html.number(height) + "\" style=\"max-width:" + Html.number(width) + "px\" role=\"img\" aria-label=\""
                + Html.text(name) + "\">" + svg + "</svg></figure>\n";
    }

    /** A round number that is not below the value, for the end of an axis from 0. */
    static double roundAbove(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        for (double unit : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8, 10}) {
            if (unit * power >= value) {
                return unit * power;
            }
        }
        return 10 * power;
    }

    /** A text that has place in so many letters. */
    static String cut(String text, int letters) {
        return text.codePointCount(0, text.length()) <= letters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, letters - 1)) + "…";
    }
}

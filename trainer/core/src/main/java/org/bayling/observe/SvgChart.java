package org.bayling.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Curves over steps as one inline SVG figure for a page of {@link ReportPage}. Values that are not finite leave a gap.
 */
public final class SvgChart {

    /** How a curve looks; the names are classes of the style sheet. */
    public enum Look {
        CURVE("curve"),
        RAW("curve raw"),
        THIN("curve thin"),
        MANY("curve many");

        private final String classes;

        Look(String classes) {
            this.classes = classes;
        }
    }

    /** A curve; {@code colour} is a variable of the style sheet. */
    public record Series(String name, String colour, Look look, double[] steps, double[] values) {}

    /** A mark that is always seen: a dot at a value, or a stroke at the foot where {@code value} is NaN. */
    record Mark(String title, String colour, double step, double value) {}

    private static final int LEFT = 54;
    private static final int RIGHT = 12;
    private static final int TOP = 10;
    private static final int BOTTOM = 26;
    private static final int MOST_POINTS = 600;
    private static final int POINTER_POINTS = 200;

    private final int width;
    private final int height;
    private final double firstStep;
    private final double lastStep;
    private final List<Series> series = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private boolean fromZero;
    private boolean logarithmic;
    private String unit = "step";

    /** @param wide for a chart that has the page's whole width, else a third of it */
    public SvgChart(boolean wide, double firstStep, double lastStep) {
        this.width = wide ? 960 : 340;
        this.height = wide ? 300 : 190;
        this.firstStep = firstStep;
        this.lastStep = Math.max(lastStep, firstStep + 1);
    }

    public SvgChart add(Series curve) {
        series.add(curve);
        return this;
    }

    SvgChart mark(Mark mark) {
        marks.add(mark);
        return this;
    }

    /** What is counted along the axis, where it is not steps: {@code layer}. */
    public SvgChart over(String counted) {
        unit = counted;
        return this;
    }

    public SvgChart fromZero() {
        fromZero = true;
        return this;
    }

    /** A logarithmic axis where the largest value is more than thirty times the median, as with gradient spikes. */
    SvgChart logarithmicIfSpiky() {
        double[] sorted = finite().sorted().toArray();
        logarithmic = sorted.length > 0 && sorted[0] > 0 && sorted[sorted.length - 1] > 30 * sorted[sorted.length / 2];
        return this;
    }

    private DoubleStream finite() {
        return DoubleStream.concat(
                        series.stream().flatMapToDouble(s -> DoubleStream.of(s.values())),
                        marks.stream().mapToDouble(Mark::value))
                .filter(Double::isFinite);
    }

    /** The figure, its caption being the key to the curves. */
    public String html(String name) {
        Axis axis = axis();
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 ").append(width).append(' ').append(height)
                .append("\" role=\"img\" aria-label=\"").append(Html.text(name)).append("\">");
        grid(svg, axis);
        for (Series curve : series) {
            curve(svg, curve, axis);
        }
        for (Mark mark : marks) {
            mark(svg, mark, axis);
        }
        svg.append("<line class=\"cross\" y1=\"").append(TOP).append("\" y2=\"").append(height - BOTTOM)
                .append("\"/></svg>");
        return "<figure class=\"" + (width > 600 ? "wide" : "narrow") + "\"" + pointerData() + "><figcaption>" + key()
                + "</figcaption>" + svg + "</figure>\n";
    }

    private Axis axis() {
        double low = finite().min().orElse(0);
        double high = finite().max().orElse(1);
        if (fromZero) {
            low = 0;
        }
        return logarithmic ? Axis.logarithmic(low, high) : Axis.linear(low, high);
    }

    private void grid(StringBuilder svg, Axis axis) {
        for (double tick : axis.ticks()) {
            String y = Html.number(y(tick, axis));
            svg.append("<line class=\"gridline\" x1=\"").append(LEFT).append("\" x2=\"").append(width - RIGHT)
                    .append("\" y1=\"").append(y).append("\" y2=\"").append(y)
                    .append("\"/><text text-anchor=\"end\" x=\"").append(LEFT - 8)
                    .append("\" y=\"").append(y).append("\" dy=\"4\">").append(Html.text(plain(tick))).append("</text>");
        }
        int foot = height - BOTTOM;
        svg.append("<line class=\"axis\" x1=\"").append(LEFT).append("\" x2=\"").append(width - RIGHT)
                .append("\" y1=\"").append(foot).append("\" y2=\"").append(foot).append("\"/>");
        for (double tick : Axis.linear(firstStep, lastStep).ticks()) {
            if (tick >= firstStep && tick <= lastStep && tick == Math.rint(tick)) {
                svg.append("<text text-anchor=\"middle\" x=\"").append(Html.number(x(tick))).append("\" y=\"")
                        .append(height - 8).append("\">").append(Figures.count((long) tick)).append("</text>");
            }
        }
    }

    private void curve(StringBuilder svg, Series curve, Axis axis) {
        String path = path(curve.steps(), curve.values(), s -> x(s), v -> y(v, axis));
        svg.append("<path class=\"").append(curve.look().classes).append("\" stroke=\"var(").append(curve.colour())
                .append(")\" d=\"").append(path).append("\">");
        if (curve.look() == Look.MANY) {
            svg.append("<title>").append(Html.text(curve.name())).append("</title>");
        }
        svg.append("</path>");
    }

    private void mark(StringBuilder svg, Mark mark, Axis axis) {
        String x = Html.number(x(mark.step()));
        if (Double.isFinite(mark.value())) {
            svg.append("<circle class=\"dot\" r=\"4.5\" cx=\"").append(x).append("\" cy=\"")
                    .append(Html.number(y(mark.value(), axis)))
                    .append("\" fill=\"var(").append(mark.colour()).append(")\"><title>")
                    .append(Html.text(mark.title())).append("</title></circle>");
        } else {
            svg.append("<line class=\"skip\" x1=\"").append(x).append("\" x2=\"").append(x).append("\" y1=\"")
                    .append(height - BOTTOM - 12).append("\" y2=\"").append(height - BOTTOM).append("\"><title>")
                    .append(Html.text(mark.title())).append("</title></line>");
        }
    }

    private String key() {
        return series.stream()
                .filter(s -> series.size() > 1 && s.look() != Look.MANY)
                .map(s -> "<span class=\"key\" style=\"--k:var(" + s.colour() + ")\">" + Html.text(s.name())
                        + "</span>")
                .collect(Collectors.joining());
    }

    /** What the pointer shows: evenly chosen steps of the first curve, and every curve's value there. */
    private String pointerData() {
        if (series.isEmpty() || series.get(0).look() == Look.MANY || series.get(0).steps().length == 0) {
            return "";
        }
        double[] steps = series.get(0).steps();
        List<Integer> chosen = new ArrayList<>();
        int stride = Math.max(1, steps.length / POINTER_POINTS);
        for (int i = 0; i < steps.length; i += stride) {
            chosen.add(i);
        }
        String at = chosen.stream().map(i -> Html.number(x(steps[i]))).collect(Collectors.joining(","));
        String names = chosen.stream().map(i -> Html.number(steps[i])).collect(Collectors.joining(","));
        String curves = series.stream()
                .filter(s -> s.steps().length == steps.length)
                .map(s -> "{\"name\":\"" + jsonText(s.name()) + "\",\"values\":["
                        + chosen.stream()
                                .map(i -> "\"" + jsonText(plain(s.values()[i])) + "\"")
                                .collect(Collectors.joining(","))
                        + "]}")
                .collect(Collectors.joining(","));
        return " data-points=\""
                + Html.text("{\"unit\":\"" + jsonText(unit) + "\",\"at\":[" + at + "],\"steps\":[" + names + "],\"series\":[" + curves + "]}") + "\"";
    }

    private static String jsonText(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private double x(double step) {
        return LEFT + (step - firstStep) / (lastStep - firstStep) * (width - LEFT - RIGHT);
    }

    private double y(double value, Axis axis) {
        return TOP + (1 - axis.position(value)) * (height - TOP - BOTTOM);
    }

    /** A small curve without axes, for a cell of a table. */
    static String spark(List<double[]> curve) {
        if (curve.size() < 2) {
            return "";
        }
        double low = curve.stream().mapToDouble(p -> p[1]).min().orElseThrow();
        double high = curve.stream().mapToDouble(p -> p[1]).max().orElseThrow();
        double span = high == low ? 1 : high - low;
        double[] xs = curve.stream().mapToDouble(p -> p[0]).toArray();
        double[] ys = curve.stream().mapToDouble(p -> p[1]).toArray();
        String path = path(
                xs, ys, x -> 2 + 106 * x / (RunHistory.SLICES - 1), y -> 2 + 18 * (1 - (y - low) / span));
        return "<svg class=\"spark\" viewBox=\"0 0 110 22\" aria-hidden=\"true\"><path class=\"curve\""
                + " style=\"stroke-width:1.5\" stroke=\"var(--accent)\" d=\"" + path + "\"/></svg>";
    }

    /** Of long curves the lowest and highest value of each run of points, so that no spike is lost. */
    private static String path(double[] steps, double[] values, DoubleFunction<Double> x, DoubleFunction<Double> y) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        int stride = Math.max(1, 2 * steps.length / MOST_POINTS);
        for (int from = 0; from < steps.length; from += stride) {
            for (int i : extremes(values, from, Math.min(steps.length, from + stride))) {
                if (Double.isFinite(values[i])) {
                    path.append(pen ? 'L' : 'M').append(Html.number(x.apply(steps[i]))).append(' ')
                            .append(Html.number(y.apply(values[i])));
                    // a lone point needs a length to be seen
                    path.append(pen ? "" : "h0");
                }
                pen = Double.isFinite(values[i]);
            }
        }
        return path.toString();
    }

    private static int[] extremes(double[] values, int from, int to) {
        int low = from;
        int high = from;
        for (int i = from; i < to; i++) {
            if (!Double.isFinite(values[i])) {
                return new int[] {i}; // a gap is worth more than its neighbours
            }
            low = values[i] < values[low] ? i : low;
            high = values[i] > values[high] ? i : high;
        }
        return low == high ? new int[] {low} : new int[] {Math.min(low, high), Math.max(low, high)};
    }

    /** A range of values and where its lines stand. */
    private record Axis(double low, double high, boolean isLogarithmic, List<Double> ticks) {

        static Axis linear(double least, double most) {
            double span = most > least ? most - least : Math.max(Math.abs(most) * 0.1, 1e-9);
            double rough = span / 5;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double unit = rough / power;
            double step = power * (unit < 1.5 ? 1 : unit < 3.5 ? 2 : unit < 7.5 ? 5 : 10);
            double low = Math.floor(least / step) * step;
            double high = Math.max(Math.ceil(most / step) * step, low + step);
            List<Double> ticks = new ArrayList<>();
            for (long i = 0; i <= Math.round((high - low) / step); i++) {
                ticks.add(low + i * step);
            }
            return new Axis(low, high, false, ticks);
        }

        static Axis logarithmic(double least, double most) {
            int low = (int) Math.floor(Math.log10(least));
            int high = Math.max(low + 1, (int) Math.ceil(Math.log10(most)));
            List<Double> ticks = new ArrayList<>();
            for (int power = low; power <= high; power++) {
                ticks.add(Math.pow(10, power));
            }
            return new Axis(Math.pow(10, low), Math.pow(10, high), true, ticks);
        }

        double position(double value) {
            return isLogarithmic
                    ? Math.log(value / low) / Math.log(high / low)
                    : (value - low) / (high - low);
        }
    }

    /** Up to four digits that matter. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            return String.format(Locale.ROOT, "%.2e", value).replaceAll("\\.?0*e([+-])0?", "e$1");
        }
        return size >= 1000 ? Figures.count(Math.round(value)) : Html.decimal(value);
    }
}

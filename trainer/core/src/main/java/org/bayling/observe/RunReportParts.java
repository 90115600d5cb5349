package org.bayling.observe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.bayling.observe.RunEvent.Evaluated;
import org.bayling.observe.RunEvent.Finished;
import org.bayling.observe.RunHistory.Group;
import org.bayling.observe.RunHistory.Point;
import org.bayling.observe.RunReport.Bars;
import org.bayling.observe.RunReport.GroupedBars;
import org.bayling.observe.RunReport.Section;
import org.bayling.observe.RunReport.Table;
import org.bayling.observe.SvgChart.Look;
import org.bayling.observe.SvgChart.Mark;
import org.bayling.observe.SvgChart.Series;

/** The parts of a report's page, appended in the order of the calls; a part with nothing to show adds nothing. */
final class RunReportParts {

    private static final int MOST_COLOURS = 8;

    private final StringBuilder page;
    private final RunHistory history;
    private final double[] steps;

    RunReportParts(StringBuilder page, RunHistory history) {
        this.page = page;
        this.history = history;
        this.steps = column(Point::step);
    }

    void header(String title) {
        String outcome = RunReport.outcome(history.finished);
        page.append("<header><h1>").append(Html.text(title)).append("<span class=\"badge ").append(outcome)
                .append("\">").append(outcome).append("</span></h1>\n");
        history.finished.map(Finished::message).filter(m -> !m.isBlank()).ifPresent(message -> page.append(
                        "<p class=\"message\">")
                .append(Html.text(message)).append("</p>\n"));
        page.append("</header>\n<div class=\"tiles\">");
        tile("steps", Figures.count(history.lastStep()) + " / " + Figures.count(history.totalSteps()));
        tile("epochs", Html.number(history.epoch));
        tile("mean loss of the last ten steps", Figures.loss(lossAtEnd()));
        bestEvaluation();
        tile("tokens (" + Figures.count(history.trainedTokens) + " trained)", Figures.count(history.totalTokens));
        double seconds = Figures.seconds(history.trained);
        tile("tokens a second", seconds == 0 ? "–" : Figures.count(Math.round(history.totalTokens / seconds)));
        tile("time in steps", Figures.time(history.trained));
        if (history.skippedSteps() > 0) {
            tile("skipped steps", Figures.count(history.skippedSteps()));
        }
        page.append("</div>\n");
    }

    private void bestEvaluation() {
        history.evaluations.stream().filter(Evaluated::best).reduce((a, b) -> b).ifPresent(best ->
                tile("best eval loss (step " + Figures.count(best.step()) + ")", Figures.loss(best.loss())));
    }

    private void tile(String name, String value) {
        page.append("<div class=\"tile\"><b>").append(Html.text(value)).append("</b><span>").append(Html.text(name))
                .append("</span></div>");
    }

    void section(Section section) {
        begin(section.title());
        if (!section.note().isBlank()) {
            page.append("<p class=\"muted\">").append(Html.text(section.note())).append("</p>\n");
        }
        section.bars().forEach(this::bars);
        section.table().ifPresent(this::table);
        end();
    }

    private void bars(GroupedBars bars) {
        page.append("<h3>").append(Html.text(bars.title())).append("</h3><figcaption>");
        for (int i = 0; i < bars.series().size(); i++) {
            page.append("<span class=\"key\" style=\"--k:").append(seriesColour(i, bars)).append("\">")
                    .append(Html.text(bars.series().get(i))).append("</span>");
        }
        page.append("</figcaption>\n<div class=\"paired\">");
        for (Bars name : bars.names()) {
            page.append("<div class=\"pair\"><span class=\"name\"><bdi>").append(Html.text(name.name()))
                    .append("</bdi>");
            if (!name.detail().isBlank()) {
                page.append("<small><bdi>").append(Html.text(name.detail())).append("</bdi></small>");
            }
            page.append("</span><span>");
            for (int i = 0; i < name.values().size(); i++) {
                bar(name.values().get(i), bars.maximum(), seriesColour(i, bars));
            }
            page.append("</span></div>\n");
        }
        page.append("</div>\n");
    }

    private void bar(double value, double maximum, String colour) {
        double percent = Double.isNaN(value) ? 0 : Math.max(0, Math.min(100, 100 * value / maximum));
        page.append("<span class=\"row\"><span class=\"track\">").append(fill(percent, colour)).append("</span><span>")
                .append(Double.isNaN(value) ? "–" : Html.text(barFigure(value, maximum))).append("</span></span>");
    }

    private static String barFigure(double value, double maximum) {
        return String.format(Locale.ROOT, maximum > 10 ? "%.1f" : "%.3f", value);
    }

    private static String fill(double percent, String colour) {
        return "<span class=\"fill\" style=\"width:" + Html.number(percent) + "%;--k:" + colour + "\"></span>";
    }

    /** Of two series the first is the paler: what was before. */
    private static String seriesColour(int index, GroupedBars bars) {
        boolean before = bars.series().size() == 2 && index == 0;
        if (before) {
            return "var(--before)";
        }
        return bars.series().size() <= 2 ? "var(--accent)" : "var(--c" + index % MOST_COLOURS + ")";
    }

    void curves() {
        if (steps.length == 0) {
            return;
        }
        begin("Loss");
        double[] loss = column(Point::loss);
        SvgChart chart = chart(true)
                .add(new Series("each step", "--accent-soft", Look.RAW, steps, loss))
                .add(new Series("smoothed", "--accent", Look.CURVE, steps, smoothed()));
        if (!history.evaluations.isEmpty()) {
            double[] at = history.evaluations.stream().mapToDouble(Evaluated::step).toArray();
            double[] values = history.evaluations.stream().mapToDouble(Evaluated::loss).toArray();
            chart.add(new Series("evaluation", "--second", Look.CURVE, at, values));
        }
        for (Evaluated e : history.evaluations) {
            String text = "evaluation at step " + e.step() + ": " + Figures.loss(e.loss());
            chart.mark(new Mark(text + (e.best() ? ", best so far" : ""), "--second", e.step(), e.loss()));
        }
        for (Point p : history.points) {
            if (p.skipped() || !Double.isFinite(p.loss())) {
                String text = "step " + p.step() + (p.skipped() ? " skipped" : " not finite");
                chart.mark(new Mark(text, "--bad", p.step(), Double.NaN));
            }
        }
        page.append(chart.html("Loss of each step, smoothed, and of evaluations"));
        if (history.skippedSteps() > 0) {
            page.append("<p class=\"muted\">Red strokes at the foot: skipped steps.</p>");
        }
        end();
        page.append("<div class=\"grid\">");
        curve("Learning rate", "--accent", Point::learningRate, true);
        curve("Gradient norm before clipping", "--c3", Point::gradNorm, false);
        curve("Tokens a second", "--good", Point::tokensPerSecond, true);
        page.append("</div>\n");
    }

    private void curve(String name, String colour, ToDoubleFunction<Point> value, boolean fromZero) {
        begin(name);
        Look look = steps.length > 200 ? Look.THIN : Look.CURVE;
        SvgChart chart = chart(false)
                .add(new Series(name.toLowerCase(Locale.ROOT), colour, look, steps, column(value)))
                .logarithmicIfSpiky();
        page.append((fromZero ? chart.fromZero() : chart).html(name));
        end();
    }

    private SvgChart chart(boolean wide) {
        return new SvgChart(wide, steps[0], steps[steps.length - 1]);
    }

    void groups() {
        byKind().forEach((kind, groups) -> {
            begin("Loss by " + kind);
            groupCurves(groups);
            groupTable(kind, groups);
            end();
        });
    }

    /** Groups under the part of their names before the first slash, in order. */
    private Map<String, Map<String, Group>> byKind() {
        Map<String, Map<String, Group>> kinds = new TreeMap<>();
        history.groups.forEach((name, group) -> {
            int slash = name.indexOf('/');
            String kind = slash < 0 ? "group" : name.substring(0, slash);
            kinds.computeIfAbsent(kind, k -> new TreeMap<>()).put(name.substring(slash + 1), group);
        });
        return kinds;
    }

    private void groupCurves(Map<String, Group> groups) {
        boolean many = groups.size() > MOST_COLOURS;
        SvgChart chart = chart(true);
        int index = 0;
        for (Map.Entry<String, Group> entry : groups.entrySet()) {
            List<double[]> curve = entry.getValue().curve();
            double[] at = curve.stream().mapToDouble(p -> history.stepOf(p[0])).toArray();
            double[] values = curve.stream().mapToDouble(p -> p[1]).toArray();
            chart.add(new Series(
                    entry.getKey(), "--c" + index++ % MOST_COLOURS, many ? Look.MANY : Look.CURVE, at, values));
        }
        page.append(chart.html("Mean loss of each group over the run"));
    }

    private void groupTable(String kind, Map<String, Group> groups) {
        double most = groups.values().stream().mapToDouble(Group::lastLoss).filter(Double::isFinite).max().orElse(1);
        page.append("<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>").append(Html.text(kind))
                .append("</th><th>over the run</th><th class=\"n\">first loss</th><th class=\"n\">last loss</th>")
                .append("<th></th><th class=\"n\">bits per byte</th><th class=\"n\">trained tokens</th></tr></thead>")
                .append("<tbody>\n");
        groups.entrySet().stream()
                .sorted((a, b) -> Double.compare(b.getValue().lastLoss(), a.getValue().lastLoss()))
                .forEach(entry -> groupRow(kind, entry.getKey(), entry.getValue(), most));
        page.append("</tbody></table></div>\n");
    }

    private void groupRow(String kind, String name, Group group, double most) {
        double last = group.lastLoss();
        page.append("<tr><td><bdi>").append(Html.text(name)).append("</bdi>")
                .append(kind.equals("language") ? languageName(name) : "").append("</td><td>")
                .append(SvgChart.spark(group.curve())).append("</td>");
        figure(Figures.loss(group.firstLoss()));
        figure(Figures.loss(last));
        page.append("<td class=\"bar\">")
                .append(Double.isFinite(last) ? fill(100 * last / most, "var(--accent)") : "").append("</td>");
        double bits = group.lastBitsPerByte();
        figure(Double.isNaN(bits) ? "–" : String.format(Locale.ROOT, "%.3f", bits));
        figure(Figures.count(group.tokens()));
        page.append("</tr>\n");
    }

    private void figure(String text) {
        page.append("<td class=\"n\">").append(text).append("</td>");
    }

    /** A tag's language in English and in itself, as far as the JDK knows it. */
    private static String languageName(String tag) {
        Locale locale = Locale.forLanguageTag(tag.replace('_', '-'));
        String english = locale.getDisplayName(Locale.ENGLISH);
        String own = locale.getDisplayName(locale);
        if (locale.getLanguage().isEmpty() || english.equals(locale.getLanguage())) {
            return "";
        }
        return " <span class=\"muted\">" + Html.text(english)
                + (own.equals(english) ? "" : " · <bdi>" + Html.text(own) + "</bdi>") + "</span>";
    }

    void evaluations() {
        if (history.evaluations.isEmpty()) {
            return;
        }
        begin("Evaluations");
        List<List<String>> rows = new ArrayList<>();
        for (Evaluated e : history.evaluations) {
            rows.add(List.of(
                    Figures.count(e.step()),
                    Html.number(e.epoch()),
                    Figures.loss(e.loss()),
                    Html.number(Math.exp(e.loss())),
                    Figures.count(e.samples()),
                    Figures.span(e.duration()),
                    e.best() ? "best so far" : ""));
        }
        table(new Table(List.of("step", "epoch", "loss", "perplexity", "samples", "time", ""), rows));
        end();
    }

    private void table(Table table) {
        List<Boolean> figures = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            int c = column;
            figures.add(!table.rows().isEmpty()
                    && table.rows().stream().allMatch(row -> row.get(c).matches("[–+-]?[0-9.,:%]*( s)?")));
        }
        page.append("<div class=\"scroll\"><table><thead>");
        row("th", table.columns(), figures);
        page.append("</thead><tbody>\n");
        table.rows().forEach(row -> row("td", row, figures));
        page.append("</tbody></table></div>\n");
    }

    private void row(String tag, List<String> cells, List<Boolean> figures) {
        page.append("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            page.append('<').append(tag).append(figures.get(i) ? " class=\"n\">" : ">").append("<bdi>")
                    .append(Html.text(cells.get(i))).append("</bdi></").append(tag).append('>');
        }
        page.append("</tr>\n");
    }

    void warnings() {
        if (!history.warnings.isEmpty()) {
            begin("Warnings");
            history.warnings.forEach(w ->
                    page.append("<p class=\"message\">").append(Html.text(w)).append("</p>\n"));
            end();
        }
    }

    void settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        history.started.ifPresent(s -> settings.putAll(s.settings()));
        if (settings.isEmpty()) {
            return;
        }
        begin("Settings");
        page.append("<dl class=\"settings\">");
        settings.forEach((name, value) -> page.append("<div><dt>").append(Html.text(name)).append("</dt><dd>")
                .append(Html.text(value)).append("</dd></div>\n"));
        page.append("</dl>\n");
        end();
    }

    private void begin(String title) {
        page.append("<section class=\"card\"><h2>").append(Html.text(title)).append("</h2>\n");
    }

    private void end() {
        page.append("</section>\n");
    }

    private double[] column(ToDoubleFunction<Point> value) {
        return history.points.stream().mapToDouble(value).toArray();
    }

    /** Mean over the neighbours before and after, about a twentieth of the run and 50 steps at most. */
    private double[] smoothed() {
        int reach = Math.min(25, steps.length / 40 + 1);
        double[] loss = column(Point::loss);
        double[] smooth = new double[loss.length];
        for (int i = 0; i < loss.length; i++) {
            int edge = Math.min(i, loss.length - 1 - i);
            // as many on both sides, so that nothing lags; at the ends at least some, so that they are smooth
            int near = Math.max(reach / 3, Math.min(reach, edge));
            smooth[i] = Arrays.stream(loss, Math.max(0, i - near), Math.min(loss.length, i + near + 1))
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
        }
        return smooth;
    }

    private double lossAtEnd() {
        double[] loss = column(Point::loss);
        return Arrays.stream(loss, Math.max(0, loss.length - 10), loss.length)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}

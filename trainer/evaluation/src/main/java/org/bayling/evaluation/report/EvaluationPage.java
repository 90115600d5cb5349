package org.bayling.evaluation.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bayling.evaluation.report.GroupMean.Kind;
import org.bayling.evaluation.report.ScatterFigure.Dot;
import org.bayling.observe.Html;
import org.bayling.observe.ReportPage;

/** A report as one HTML page that loads nothing and shows all without a script. */
public final class EvaluationPage {
    private static final String TITLE = "Evaluation report";
    private static final int SMALL = 40;
    private static final String STYLE = """
            :root { --higher: 37, 99, 201; --lower: 214, 112, 22; }
            @media (prefers-color-scheme: dark) { :root { --higher: 90, 145, 240; --lower: 224, 130, 50; } }
            svg text.ink { fill: var(--ink); } svg text.through { pointer-events: none; }
            .whisker { stroke: var(--ink); stroke-width: 1.2; } .ring { fill: none; stroke-width: 1; }
            .radar { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
            .tile.bad b, .bad { color: var(--bad); } .good { color: var(--good); } .tiles { grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); }
            .scroll { max-height: 75vh; overflow: auto; } .scroll th { position: sticky; top: 0; background: var(--card); }
            summary { cursor: pointer; font-weight: 600; } details { margin: 0 0 10px; }
            @media print { .scroll { max-height: none; overflow: visible; } .scroll th { position: static; } .card { break-inside: auto; } }
            """;

    private final EvaluationReport report;
    private final ReportTables tables;
    private final Optional<RegressionGuard> guard;
    private final Map<String, Double> fertility;
    private final List<String> curves;
    private final StringBuilder html = new StringBuilder();

    /**
     * @param guard shown at the top
     * @param fertility tokens per word by language, as results write it; empty without a scatter
     * @param curves figures of the layers of an alignment, as HTML; may be empty
     */
    public EvaluationPage(
            EvaluationReport report,
            Optional<RegressionGuard> guard,
            Map<String, Double> fertility,
            List<String> curves) {
        this.report = report;
        this.tables = new ReportTables(report);
        this.guard = guard;
        this.fertility = new LinkedHashMap<>(fertility);
        this.curves = List.copyOf(curves);
    }

    /** The whole page. */
    public String html() throws IOException {
        header();
        guard.ifPresent(this::guard);
        section("Means by direction", "Every language has the same weight. Whiskers: 95 % intervals.", bars());
        heatMaps();
        section("Groups by resource class", "Every spoke has the same scale from 0.", radar());
        fertility();
        curves.forEach(html::append);
        section("Summary", ReportTables.LEGEND, table(tables.summary()));
        for (Kind kind : Kind.values()) {
            section(tables.groups(kind).title(), "", table(tables.groups(kind)));
        }
        languages();
        about();
        return ReportPage.of(TITLE, STYLE, html);
    }

    private void header() {
        List<String> names = report.names();
        html.append("<header><h1>").append(TITLE).append("</h1><p class=\"muted\">").append(names.stream()
                .map(name -> "<bdi>" + Html.text(name) + "</bdi>")
                .collect(Collectors.joining(", ")));
        if (names.size() > 1) {
            html.append("; compared with the first");
        }
        html.append("</p></header>\n<div class=\"tiles\">");
        for (String task : report.tasks().keySet()) {
            tile(task, report.mainMetric(task));
        }
        html.append("</div>\n");
    }

    private void tile(String task, ReportMetric metric) {
        List<ScoreRow> rows = report.rows(task, metric).stream().filter(ScoreRow::complete).toList();
        if (rows.isEmpty()) {
            return;
        }
        int last = report.names().size() - 1;
        double now = mean(rows, last);
        if (last == 0) {
            tile(task + ", " + metric.title(), metric.format(now), "mean of " + rows.size() + " scores", "");
            return;
        }
        double difference = now - mean(rows, 0);
        WinCount count = WinCount.of(rows, last);
        String means = metric.format(mean(rows, 0)) + " to " + metric.format(now) + ", mean of " + rows.size();
        String counts = count.tested()
                ? "; better in " + count.better() + ", worse in " + count.worse() + ", unclear in " + count.unclear()
                : "";
        String style = metric.gain(0, difference) < 0 ? " bad" : "";
        tile(task + ", " + metric.title(), metric.signed(difference), means + counts, style);
    }

    private void tile(String name, String figure, String detail, String style) {
        html.append("<div class=\"tile").append(style).append("\"><span>").append(Html.text(name)).append("</span><b>")
                .append(Html.text(figure)).append("</b><span>").append(Html.text(detail)).append("</span></div>");
    }

    private static double mean(List<ScoreRow> rows, int system) {
        return rows.stream()
                .mapToDouble(row -> row.values().get(system).orElseThrow().points())
                .average()
                .orElseThrow();
    }

    private void guard(RegressionGuard result) {
        html.append("<section class=\"card\"><h2>Must not lose: <span class=\"").append(result.passed() ? "good" : "bad")
                .append("\">").append(result.passed() ? "kept" : "lost").append("</span></h2><p>")
                .append(Html.text(result.verdict())).append("</p>");
        if (!result.passed()) {
            List<List<String>> rows = result.losses().stream()
                    .map(loss -> List.of(loss.measured(), loss.system(), loss.baseline(), loss.points(), loss.lost()))
                    .toList();
            html.append(table(new ReportTable(
                    "", List.of("score", "system", ">baseline", ">now", ">points worse"), rows)));
        }
        html.append("</section>\n");
    }

    private void section(String title, String note, String content) {
        if (!content.isEmpty()) {
            html.append("<section class=\"card\"><h2>").append(Html.text(title)).append("</h2>");
            if (!note.isEmpty()) {
                html.append("<p class=\"muted\">").append(Html.text(note)).append("</p>");
            }
            html.append(content).append("</section>\n");
        }
    }

    /** Groups of the metrics that stand for their tasks and grow with what is better. */
    private List<GroupMean> main(Kind kind) {
        return report.means(kind).stream()
                .filter(mean -> mean.metric().equals(report.mainMetric(mean.task())))
                .filter(mean -> !mean.metric().lowerIsBetter())
                .toList();
    }

    private String bars() {
        List<GroupMean> means = main(Kind.DIRECTION);
        return means.isEmpty() ? "" : BarFigure.html("Means by direction", means, report.names());
    }

    private String radar() {
        List<GroupMean> means = main(Kind.RESOURCES);
        boolean drawn = means.size() >= RadarFigure.FEWEST && means.size() <= RadarFigure.MOST;
        return drawn ? RadarFigure.html("Groups by resource class", means, report.names()) : "";
    }

    private void heatMaps() {
        ReportHeatMap map = new ReportHeatMap(report);
        boolean several = report.names().size() > 1;
        String last = report.names().get(report.names().size() - 1);
        String what = several ? "Differences of " + last + " to " + report.names().get(0) : "Scores";
        String note = several
                ? "Points; blue is better, orange is worse; * p ≤ 0.05."
                : "The deeper the colour, the more.";
        section(what + ", languages by tasks", note, map.languages());
        report.tasks().keySet().forEach(task -> section(what + ", " + task + ", source by target", note, map.pairs(task)));
    }

    private void fertility() {
        int last = report.names().size() - 1;
        for (String task : report.tasks().keySet()) {
            ReportMetric metric = report.mainMetric(task);
            List<Dot> dots = new ArrayList<>();
            for (ScoreRow row : report.rows(task, metric)) {
                boolean drawn = row.source().isPresent() && DirectionClass.of(row).contains(DirectionClass.EN_X);
                String code = row.language().orElseThrow().code();
                if (drawn && row.values().get(last).isPresent() && fertility.containsKey(code)) {
                    double points = row.values().get(last).get().points();
                    double tokens = fertility.get(code);
                    dots.add(new Dot(
                            row.language().get().tag(),
                            tokens,
                            points,
                            row.language().get().name() + ": " + Html.number(tokens) + " tokens a word, "
                                    + metric.format(points)));
                }
            }
            if (!dots.isEmpty()) {
                section(
                        "Tokens per word and " + metric.title() + ", " + task + ", en → x",
                        "A language whose words fall into many tokens is dearer and mostly worse. System: "
                                + report.names().get(last) + ".",
                        ScatterFigure.html("Tokens per word", "tokens per word", metric.title(), dots));
            }
        }
    }

    private void languages() {
        StringBuilder all = new StringBuilder();
        report.tasks().forEach((task, metrics) -> metrics.forEach(metric -> {
            if (!report.rows(task, metric).isEmpty()) {
                ReportTable table = tables.languages(task, metric);
                boolean open = metric.equals(metrics.get(0)) && table.rows().size() <= SMALL;
                all.append("<details").append(open ? " open=\"\"" : "").append("><summary>")
                        .append(Html.text(table.title())).append(", ").append(table.rows().size())
                        .append(" rows</summary>").append(table(table)).append("</details>\n");
            }
        }));
        section("By language", report.tests().isEmpty() ? "" : ReportTables.LEGEND, all.toString());
    }

    private void about() {
        StringBuilder about = new StringBuilder("<dl class=\"settings\">");
        report.systems().forEach(system -> {
            pair(about, system.name(), system.model());
            pair(about, system.name() + ": read from", system.folders().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(", ")));
            system.settings().forEach((name, value) -> pair(about, system.name() + ": " + name, value));
        });
        if (!report.tests().isEmpty()) {
            pair(about, "tests", report.tests().stream().map(EvaluationPage::describe).collect(Collectors.joining("; ")));
        }
        about.append("</dl>");
        section("How this was measured", "", about.toString());
    }

    private static String describe(String test) {
        return test.equals(PairedTests.MCNEMAR)
                ? "McNemar's exact test for questions"
                : test + " for translations, 1000 resamples, seed 12345";
    }

    private static void pair(StringBuilder to, String name, String value) {
        to.append("<div><dt>").append(Html.text(name)).append("</dt><dd>").append(Html.text(value)).append("</dd></div>\n");
    }

    private static String table(ReportTable table) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (int column = 0; column < table.columns().size(); column++) {
            html.append(table.figures(column) ? "<th class=\"n\">" : "<th>").append(Html.text(table.column(column)))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>\n");
        for (List<String> row : table.rows()) {
            html.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                html.append(table.figures(column) ? "<td class=\"n\">" : "<td><bdi>").append(Html.text(row.get(column)))
                        .append(table.figures(column) ? "</td>" : "</bdi></td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }
}

package org.bayling.evaluation.alignment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bayling.observe.Figures;
import org.bayling.observe.Html;
import org.bayling.observe.ReportPage;
import org.bayling.observe.SvgChart;

/** A result, or two side by side, in one page: curves over the layers, heat maps, and maps of the languages. */
public final class AlignmentPage {
    private static final List<Measure> CURVES = List.of(Measure.RETRIEVAL, Measure.CKA, Measure.COSINE_MARGIN);
    private static final int DEPTHS = 10;
    private static final String STYLE = """
            :root { --heat: 37, 99, 201; --loss: 192, 48, 58; }
            @media (prefers-color-scheme: dark) { :root { --heat: 110, 163, 255; --loss: 255, 123, 130; } }
            .heat { font-size: 11px; border-collapse: separate; border-spacing: 1px; }
            .heat th, .heat td { padding: 0 4px; border: 0; font-size: 11px; } .heat td.c { min-width: 12px; height: 13px; }
            .place { fill: var(--k); } .scripts span { margin-inline-end: 14px; }
            """;

    private final AlignmentResult result;
    private final Optional<AlignmentComparison> comparison;
    private final StringBuilder html = new StringBuilder();

    private AlignmentPage(AlignmentResult result, Optional<AlignmentComparison> comparison) {
        this.result = result;
        this.comparison = comparison;
    }

    /** One model. */
    public static String of(AlignmentResult result) throws IOException {
        return new AlignmentPage(result, Optional.empty()).page("Language alignment");
    }

    /** One model before and after, or two models. */
    public static String of(AlignmentComparison comparison) throws IOException {
        return new AlignmentPage(comparison.after(), Optional.of(comparison)).page("Language alignment, two models");
    }

    private String page(String title) throws IOException {
        AlignmentStudy study = result.study();
        html.append("<h1>").append(title).append("</h1><p class=\"muted\">");
        comparison.ifPresent(both -> html.append("before: ").append(Html.text(both.before().study().model()))
                .append("; after: "));
        html.append(Html.text(study.model())).append("; ").append(Html.text(study.data())).append("</p><div class=\"tiles\">");
        tile(Figures.count(study.languages().size()), "languages");
        tile(Figures.count(study.sentences()), "sentences of each");
        tile(String.join(", ", study.pivots()), "pivots");
        tile(study.layers().get(result.bestLayer()), "best layer by retrieval");
        html.append("</div>\n");
        curves();
        for (int pivot = 0; pivot < study.pivots().size(); pivot++) {
            heatMap(pivot);
        }
        maps();
        return ReportPage.of(title, STYLE, html);
    }

    private void tile(String figure, String what) {
        html.append("<div class=\"tile\"><b>").append(Html.text(figure)).append("</b><span>").append(what)
                .append("</span></div>");
    }

    private void curves() {
        html.append("<section class=\"card\"><h2>Means over the languages, layer by layer</h2><p class=\"muted\">0 is ")
                .append(Html.text(result.study().layers().get(0)))
                .append(", the last is ")
                .append(Html.text(result.study().layers().get(result.layers().size() - 1)))
                .append(". Retrieval is the mean of both directions. Vectors are centred for each language.</p></section>")
                .append("<div class=\"grid\">");
        for (Measure measure : CURVES) {
            SvgChart chart = new SvgChart(false, 0, Math.max(1, result.layers().size() - 1)).over("layer");
            int colour = 0;
            for (int pivot = 0; pivot < result.study().pivots().size(); pivot++) {
                String name = result.study().pivots().get(pivot);
                if (comparison.isPresent()) {
                    chart.add(curve(comparison.get().before(), measure, pivot, name + " before", colour++));
                }
                chart.add(curve(result, measure, pivot, name + (comparison.isPresent() ? " after" : ""), colour++));
            }
            html.append("<section class=\"card\"><h2>").append(measure.title()).append("</h2>")
                    .append(chart.html(measure.title())).append("</section>");
        }
        html.append("</div>\n");
    }

    private static SvgChart.Series curve(AlignmentResult of, Measure measure, int pivot, String name, int colour) {
        double[] layers = IntStream.range(0, of.layers().size()).asDoubleStream().toArray();
        double[] means = IntStream.range(0, layers.length)
                .mapToDouble(layer -> of.mean(measure, layer, pivot))
                .toArray();
        return new SvgChart.Series(name, "--c" + colour % 8, SvgChart.Look.CURVE, layers, means);
    }

    /** A row for each language, a cell for each layer: the deeper the colour, the more; red is a loss. */
    private void heatMap(int pivot) {
        boolean gains = comparison.isPresent();
        html.append("<section class=\"card\"><h2>").append(gains ? "Gain in retrieval" : "Retrieval").append(" with ")
                .append(Html.text(result.study().pivots().get(pivot)))
                .append(", languages and layers</h2><div class=\"scroll\"><table class=\"heat\"><tr><th></th><th></th>");
        for (int layer = 0; layer < result.layers().size(); layer++) {
            html.append("<th class=\"n\">").append(layer).append("</th>");
        }
        html.append("</tr>\n");
        for (int language : rows(pivot)) {
            AlignmentStudy.Language about = result.study().languages().get(language);
            html.append("<tr><td>").append(Html.text(about.code())).append("</td><td>").append(Html.text(about.name()))
                    .append("</td>");
            for (int layer = 0; layer < result.layers().size(); layer++) {
                cell(gains
                        ? comparison.get().gain(Measure.RETRIEVAL, layer, language, pivot)
                        : result.value(Measure.RETRIEVAL, layer, language, pivot));
            }
            html.append("</tr>\n");
        }
        html.append("</table></div></section>\n");
    }

    private List<Integer> rows(int pivot) {
        int best = result.bestLayer();
        int itself = result.study().pivotLanguage(pivot);
        return AlignmentTable.byRetrieval(result, best).stream()
                .filter(language -> language != itself)
                .sorted(Comparator.comparingDouble(
                        language -> -result.value(Measure.RETRIEVAL, best, language, pivot)))
                .toList();
    }

    private void cell(double value) {
        double depth = Math.round(Math.min(1, Math.abs(value)) * DEPTHS) / (double) DEPTHS;
        html.append("<td class=\"c\" title=\"").append(Html.number(value)).append('"');
        if (depth > 0) {
            html.append(" style=\"background:rgba(var(--").append(value < 0 ? "loss" : "heat").append("),")
                    .append(Html.number(depth)).append(")\"");
        }
        html.append("></td>");
    }

    private void maps() {
        LanguagePlane plane = new LanguagePlane(result.study());
        html.append("<section class=\"card\"><h2>Where the languages lie</h2><p class=\"muted\">The languages' means, their ")
                .append("first two principal components; near means alike. Colours are scripts.</p>").append(plane.key())
                .append("</section><div class=\"grid\">");
        int best = result.bestLayer();
        for (int layer : new TreeSet<>(List.of(0, best, result.layers().size() - 1))) {
            String name = result.study().layers().get(layer) + (layer == best ? ", best by retrieval" : "");
            List<String> figures = new ArrayList<>();
            comparison.ifPresent(both -> figures.add(plane.html(both.before().layers().get(layer), "before, " + name)));
            figures.add(plane.html(result.layers().get(layer), comparison.isPresent() ? "after, " + name : name));
            figures.forEach(figure -> html.append("<section class=\"card\">").append(figure).append("</section>"));
        }
        html.append("</div>\n");
    }
}

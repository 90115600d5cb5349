package org.bayling.evaluation.report;

import java.util.List;
import java.util.stream.IntStream;
import org.bayling.evaluation.alignment.AlignmentResult;
import org.bayling.evaluation.alignment.Measure;
import org.bayling.observe.Html;
import org.bayling.observe.SvgChart;

/** How near languages are to the pivots, layer by layer: why a model translates as it does. */
public final class LayerCurves {
    private LayerCurves() {}

    /** A section of the page: a curve for each model and pivot. */
    public static String html(List<AlignmentResult> alignments) {
        int most = alignments.stream().mapToInt(of -> of.layers().size()).max().orElse(1);
        SvgChart chart = new SvgChart(true, 0, Math.max(1, most - 1)).over("layer").fromZero();
        int colour = 0;
        for (AlignmentResult alignment : alignments) {
            double[] layers = IntStream.range(0, alignment.layers().size()).asDoubleStream().toArray();
            for (int pivot = 0; pivot < alignment.study().pivots().size(); pivot++) {
                int with = pivot;
                double[] means = IntStream.range(0, layers.length)
                        .mapToDouble(layer -> alignment.mean(Measure.RETRIEVAL, layer, with))
                        .toArray();
                String name = alignment.study().model() + ", " + alignment.study().pivots().get(pivot);
                chart.add(new SvgChart.Series(name, "--c" + colour++ % 8, SvgChart.Look.CURVE, layers, means));
            }
        }
        return "<section class=\"card\"><h2>" + Html.text(Measure.RETRIEVAL.title()) + " of translations by layer</h2>"
                + chart.html("Retrieval by layer") + "</section>\n";
    }
}

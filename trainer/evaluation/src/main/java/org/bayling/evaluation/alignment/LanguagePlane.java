package org.bayling.evaluation.alignment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bayling.evaluation.alignment.AlignmentResult.Point;
import org.bayling.observe.Html;

/** The map of languages as an SVG figure: a dot with its code for each language, coloured by script. */
final class LanguagePlane {
    private static final int SIZE = 520;
    private static final int MARGIN = 24;
    /** Colours of the style sheet; the last one is for all other scripts. */
    private static final int COLOURS = 8;

    private final AlignmentStudy study;
    private final Map<String, String> colours;

    LanguagePlane(AlignmentStudy study) {
        this.study = study;
        this.colours = colours(study);
    }

    /** The most frequent scripts have a colour of their own. */
    private static Map<String, String> colours(AlignmentStudy study) {
        Map<String, Integer> counts = new TreeMap<>();
        study.languages().forEach(language -> counts.merge(language.script(), 1, Integer::sum));
        List<Map.Entry<String, Integer>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()));
        Map<String, String> colours = new LinkedHashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            colours.put(sorted.get(i).getKey(), "var(--c" + Math.min(i, COLOURS - 1) + ")");
        }
        return colours;
    }

    /** One layer's map. */
    String html(AlignmentResult.Layer layer, String title) {
        double extent = layer.map().stream()
                .mapToDouble(place -> Math.max(Math.abs(place.x()), Math.abs(place.y())))
                .max()
                .orElse(0);
        StringBuilder svg = new StringBuilder("<figure><figcaption>").append(Html.text(title))
                .append(", axes show ").append(percent(layer.explained().x())).append(" and ")
                .append(percent(layer.explained().y())).append(" of the variance</figcaption><svg viewBox=\"0 0 ")
                .append(SIZE).append(' ').append(SIZE).append("\" role=\"img\" aria-label=\"")
                .append(Html.text(title)).append("\">");
        String middle = Html.number(SIZE / 2.0);
        svg.append("<line class=\"gridline\" x1=\"0\" x2=\"").append(SIZE).append("\" y1=\"").append(middle)
                .append("\" y2=\"").append(middle).append("\"/><line class=\"gridline\" y1=\"0\" y2=\"").append(SIZE)
                .append("\" x1=\"").append(middle).append("\" x2=\"").append(middle).append("\"/>");
        for (int l = 0; l < study.languages().size(); l++) {
            dot(svg, study.languages().get(l), layer.map().get(l), extent == 0 ? 1 : extent);
        }
        return svg.append("</svg></figure>").toString();
    }

    private void dot(StringBuilder svg, AlignmentStudy.Language language, Point place, double extent) {
        String x = Html.number(SIZE / 2.0 + place.x() / extent * (SIZE / 2.0 - MARGIN));
        String y = Html.number(SIZE / 2.0 - place.y() / extent * (SIZE / 2.0 - MARGIN));
        svg.append("<g style=\"--k:").append(colours.get(language.script())).append("\"><title>")
                .append(Html.text(language.name() + ", " + language.script())).append("</title><circle class=\"place\" r=\"");
        svg.append(study.pivots().contains(language.code()) ? 6 : 3.5).append("\" cx=\"").append(x).append("\" cy=\"")
                .append(y).append("\"/><text x=\"").append(x).append("\" y=\"").append(y)
                .append("\" dx=\"6\" dy=\"3\">").append(Html.text(language.code())).append("</text></g>");
    }

    /** What the colours mean. */
    String key() {
        StringBuilder key = new StringBuilder("<p class=\"scripts\">");
        List<String> rest = new ArrayList<>();
        colours.forEach((script, colour) -> {
            if (colour.equals("var(--c" + (COLOURS - 1) + ")")) {
                rest.add(script);
            } else {
                entry(key, script, colour);
            }
        });
        if (!rest.isEmpty()) {
            entry(key, String.join(", ", rest), "var(--c" + (COLOURS - 1) + ")");
        }
        return key.append("</p>").toString();
    }

    private static void entry(StringBuilder key, String scripts, String colour) {
        key.append("<span class=\"key\" style=\"--k:").append(colour).append("\">").append(Html.text(scripts))
                .append("</span> ");
    }

    private static String percent(double share) {
        return Html.number(100 * share) + " %";
    }
}

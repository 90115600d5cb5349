package org.bayling.evaluation.alignment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bayling.observe.TextTable;

/** Results as tables for a terminal and as comma-separated values. */
public final class AlignmentTable {
    private static final List<Measure> SHOWN =
            List.of(Measure.CKA, Measure.COSINE_MARGIN, Measure.RETRIEVAL_TO_PIVOT, Measure.RETRIEVAL_FROM_PIVOT);

    private AlignmentTable() {}

    /** The means of some layers, evenly chosen, and of the best one. */
    public static List<String> layers(AlignmentResult result) {
        AlignmentStudy study = result.study();
        List<String> titles = new ArrayList<>(List.of("layer", ""));
        study.pivots().forEach(pivot -> SHOWN.forEach(measure -> titles.add(title(measure, pivot))));
        TextTable table = TextTable.of(titles.toArray(String[]::new));
        int best = result.bestLayer();
        int stride = Math.max(1, result.layers().size() / 8);
        for (int layer = 0; layer < result.layers().size(); layer++) {
            if (layer % stride != 0 && layer != best && layer != result.layers().size() - 1) {
                continue;
            }
            List<Object> row = new ArrayList<>(List.of(study.layers().get(layer), layer == best ? "best" : ""));
            for (int pivot = 0; pivot < study.pivots().size(); pivot++) {
                for (Measure measure : SHOWN) {
                    row.add(figure(result.mean(measure, layer, pivot)));
                }
            }
            table.row(row.toArray());
        }
        return table.lines();
    }

    /** All languages in the best layer, those first whose translations are found most often. */
    public static List<String> languages(AlignmentResult result) {
        AlignmentStudy study = result.study();
        int best = result.bestLayer();
        List<String> titles = new ArrayList<>(List.of("language", "name", "script", ">tokens/sentence"));
        study.pivots().forEach(pivot -> SHOWN.forEach(measure -> titles.add(title(measure, pivot))));
        TextTable table = TextTable.of(titles.toArray(String[]::new)).withCellsUpTo(24);
        for (int language : byRetrieval(result, best)) {
            AlignmentStudy.Language about = study.languages().get(language);
            List<Object> row = new ArrayList<>(List.of(
                    about.code(),
                    about.name(),
                    about.script(),
                    String.format(Locale.ROOT, "%.1f", about.tokens() / (double) study.sentences())));
            for (int pivot = 0; pivot < study.pivots().size(); pivot++) {
                for (Measure measure : SHOWN) {
                    row.add(figure(result.value(measure, best, language, pivot)));
                }
            }
            table.row(row.toArray());
        }
        return table.lines();
    }

    /** Indices of the languages, best first; of equals in the study's order. */
    static List<Integer> byRetrieval(AlignmentResult result, int layer) {
        return IntStream.range(0, result.study().languages().size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer language) -> -retrieval(result, layer, language)))
                .toList();
    }

    static double retrieval(AlignmentResult result, int layer, int language) {
        return IntStream.range(0, result.study().pivots().size())
                .mapToDouble(pivot -> result.value(Measure.RETRIEVAL, layer, language, pivot))
                .average()
                .orElseThrow();
    }

    private static String title(Measure measure, String pivot) {
        return switch (measure) {
            case RETRIEVAL_TO_PIVOT -> ">P@1 to " + pivot;
            case RETRIEVAL_FROM_PIVOT -> ">P@1 from " + pivot;
            case COSINE_MARGIN -> ">margin " + pivot;
            default -> ">" + measure.title() + " " + pivot;
        };
    }

    static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** A line for each language, pivot and layer, all digits; the place on the layer's map at the end. */
    public static String csv(AlignmentResult result) {
        AlignmentStudy study = result.study();
        StringBuilder csv = new StringBuilder("language,script,pivot,layer");
        for (Measure measure : Measure.values()) {
            csv.append(',').append(measure.key());
        }
        csv.append(",map_x,map_y\n");
        for (int l = 0; l < study.languages().size(); l++) {
            for (int p = 0; p < study.pivots().size(); p++) {
                for (int layer = 0; layer < study.layers().size(); layer++) {
                    csv.append(study.languages().get(l).code()).append(',')
                            .append(study.languages().get(l).script()).append(',')
                            .append(study.pivots().get(p)).append(',')
                            .append(study.layers().get(layer));
                    for (Measure measure : Measure.values()) {
                        csv.append(',').append(result.value(measure, layer, l, p));
                    }
                    AlignmentResult.Point place = result.layers().get(layer).map().get(l);
                    csv.append(',').append(place.x()).append(',').append(place.y()).append('\n');
                }
            }
        }
        return csv.toString();
    }
}

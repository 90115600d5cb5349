package org.bayling.evaluation.alignment;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A study and what came out of it.
 *
 * @param layers one for each of the study's
 */
public record AlignmentResult(AlignmentStudy study, List<Layer> layers) {

    /**
     * One layer.
     *
     * @param scores of each language with each pivot [languages][pivots]
     * @param map a place in the plane for each language: the first two principal components of the languages' means
     * @param explained share of the means' variance that each of the two axes shows
     */
    public record Layer(List<List<Scores>> scores, List<Point> map, Point explained) {
        public Layer {
            scores = List.copyOf(scores);
            map = List.copyOf(map);
        }
    }

    /** A place in the plane. */
    public record Point(double x, double y) {}

    public AlignmentResult {
        layers = List.copyOf(layers);
    }

    /** One figure of a language with a pivot. */
    public double value(Measure measure, int layer, int language, int pivot) {
        return measure.of(layers.get(layer).scores().get(language).get(pivot));
    }

    /** Mean over all languages but the pivot itself. */
    public double mean(Measure measure, int layer, int pivot) {
        int itself = study.pivotLanguage(pivot);
        return IntStream.range(0, study.languages().size())
                .filter(language -> language != itself)
                .mapToDouble(language -> value(measure, layer, language, pivot))
                .average()
                .orElseThrow();
    }

    /** The layer from which translations are found most often, over all languages and pivots; of equals the lowest. */
    public int bestLayer() {
        int best = 0;
        double most = -1;
        for (int layer = 0; layer < layers.size(); layer++) {
            int index = layer;
            double mean = IntStream.range(0, study.pivots().size())
                    .mapToDouble(pivot -> mean(Measure.RETRIEVAL, index, pivot))
                    .average()
                    .orElseThrow();
            if (mean > most) {
                most = mean;
                best = layer;
            }
        }
        return best;
    }
}

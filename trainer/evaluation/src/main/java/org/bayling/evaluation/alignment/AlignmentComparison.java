package org.bayling.evaluation.alignment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bayling.data.DataException;
import org.bayling.observe.TextTable;

/**
 * Two models, or one before and after training, over the same sentences.
 *
 * @param before the one that the other is compared with
 */
public record AlignmentComparison(AlignmentResult before, AlignmentResult after) {
    private static final List<Measure> SHOWN = List.of(Measure.CKA, Measure.COSINE_MARGIN, Measure.RETRIEVAL);

    /**
     * Pairs two results.
     *
     * @throws DataException when they are not of the same sentences, languages, pivots and layers
     */
    public static AlignmentComparison of(AlignmentResult before, AlignmentResult after) throws DataException {
        same("pivots", before.study().pivots(), after.study().pivots());
        same("languages", codes(before), codes(after));
        same("numbers of sentences", before.study().sentences(), after.study().sentences());
        same("pooling", before.study().pooling(), after.study().pooling());
        same("layers", before.study().layers(), after.study().layers());
        return new AlignmentComparison(before, after);
    }

    private static List<String> codes(AlignmentResult result) {
        return result.study().languages().stream().map(AlignmentStudy.Language::code).toList();
    }

    private static void same(String what, Object before, Object after) throws DataException {
        if (!before.equals(after)) {
            throw new DataException("the two results cannot be compared, their " + what + " differ: " + before + " and "
                    + after + "; run align on both with the same options");
        }
    }

    /** How much more the second one has. */
    public double gain(Measure measure, int layer, int language, int pivot) {
        return after.value(measure, layer, language, pivot) - before.value(measure, layer, language, pivot);
    }

    /** Means over the languages: each model in the layer that is its best. */
    public List<String> models() {
        List<String> titles = new ArrayList<>(List.of("", "model", "best layer"));
        before.study().pivots().forEach(pivot -> SHOWN.forEach(measure -> titles.add(">" + measure.title() + " " + pivot)));
        TextTable table = TextTable.of(titles.toArray(String[]::new));
        table.row(row("before", before));
        table.row(row("after", after));
        return table.lines();
    }

    private static Object[] row(String which, AlignmentResult result) {
        int best = result.bestLayer();
        List<Object> row = new ArrayList<>(
                List.of(which, result.study().model(), result.study().layers().get(best)));
        for (int pivot = 0; pivot < result.study().pivots().size(); pivot++) {
            for (Measure measure : SHOWN) {
                row.add(AlignmentTable.figure(result.mean(measure, best, pivot)));
            }
        }
        return row.toArray();
    }

    /** Languages in the layer that is best before: what they had and what came to it, the greatest gain first. */
    public List<String> languages() {
        AlignmentStudy study = before.study();
        int layer = before.bestLayer();
        List<String> titles = new ArrayList<>(List.of("language", "name", "script"));
        study.pivots().forEach(pivot -> SHOWN.forEach(measure -> {
            titles.add(">" + measure.title() + " " + pivot);
            titles.add(">gain");
        }));
        TextTable table = TextTable.of(titles.toArray(String[]::new)).withCellsUpTo(24);
        IntStream.range(0, study.languages().size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer language) -> AlignmentTable.retrieval(before, layer, language)
                        - AlignmentTable.retrieval(after, layer, language)))
                .forEach(language -> table.row(row(layer, language)));
        return table.lines();
    }

    private Object[] row(int layer, int language) {
        AlignmentStudy.Language about = before.study().languages().get(language);
        List<Object> row = new ArrayList<>(List.of(about.code(), about.name(), about.script()));
        for (int pivot = 0; pivot < before.study().pivots().size(); pivot++) {
            for (Measure measure : SHOWN) {
                row.add(AlignmentTable.figure(before.value(measure, layer, language, pivot)));
                row.add(String.format(Locale.ROOT, "%+.3f", gain(measure, layer, language, pivot)));
            }
        }
        return row.toArray();
    }

    /** A line for each language, pivot, layer and figure, all digits. */
    public String csv() {
        AlignmentStudy study = before.study();
        StringBuilder csv = new StringBuilder("language,script,pivot,layer,measure,before,after,gain\n");
        for (int l = 0; l < study.languages().size(); l++) {
            for (int p = 0; p < study.pivots().size(); p++) {
                for (int layer = 0; layer < study.layers().size(); layer++) {
                    for (Measure measure : Measure.values()) {
                        csv.append(study.languages().get(l).code()).append(',')
                                .append(study.languages().get(l).script()).append(',')
                                .append(study.pivots().get(p)).append(',')
                                .append(study.layers().get(layer)).append(',')
                                .append(measure.key()).append(',')
                                .append(before.value(measure, layer, l, p)).append(',')
                                .append(after.value(measure, layer, l, p)).append(',')
                                .append(gain(measure, layer, l, p)).append('\n');
                    }
                }
            }
        }
        return csv.toString();
    }
}

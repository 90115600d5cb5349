package org.bayling.evaluation.translate;

import java.util.ArrayList;
import java.util.List;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.Score;

/**
 * What a test set gave.
 *
 * @param name of the scores
 * @param rows one for each direction, in order
 */
public record TranslationResults(String name, List<Row> rows) {
    public TranslationResults {
        rows = List.copyOf(rows);
    }

    /** A direction and its scores. */
    record Row(TranslatedDirection translated, List<Score> scores) {}

    /** Of every direction, then means over groups of them; how these are marked stands in the package's description. */
    public List<Score> scores() {
        List<Score> scores = new ArrayList<>();
        rows.forEach(row -> scores.addAll(row.scores()));
        scores.addAll(DirectionMeans.of(name, rows));
        return scores;
    }

    /** Every segment; what the model wrote before it was cleaned is kept with its answers. */
    public List<ResultItem> items() {
        List<ResultItem> items = new ArrayList<>();
        for (Row row : rows) {
            TranslatedDirection translated = row.translated();
            for (int i = 0; i < translated.segments().size(); i++) {
                Segment segment = translated.segments().get(i);
                items.add(new ResultItem.Translation(
                        name,
                        translated.direction().source(),
                        translated.direction().target(),
                        segment.place(),
                        segment.source(),
                        translated.hypotheses().get(i),
                        segment.references()));
            }
        }
        return items;
    }
}

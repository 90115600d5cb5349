package org.bayling.evaluation.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
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

    /** Lines of {@code items.jsonl}: what {@link org.bayling.evaluation.results} says, and the text as it was written. */
    public List<ObjectNode> items() {
        List<ObjectNode> items = new ArrayList<>();
        for (Row row : rows) {
            TranslatedDirection translated = row.translated();
            for (int i = 0; i < translated.segments().size(); i++) {
                Segment segment = translated.segments().get(i);
                ObjectNode item = JsonNodeFactory.instance.objectNode();
                item.put("task", name).put("source", translated.direction().source());
                item.put("language", translated.direction().target()).put("item", segment.place());
                item.put("source_text", segment.source());
                item.put("hypothesis", translated.hypotheses().get(i));
                ArrayNode references = item.putArray("references");
                segment.references().forEach(references::add);
                item.put("output", translated.outputs().get(i));
                items.add(item);
            }
        }
        return items;
    }
}

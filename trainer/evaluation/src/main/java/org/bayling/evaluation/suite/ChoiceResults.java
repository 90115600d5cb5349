package org.bayling.evaluation.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bayling.evaluation.choice.ChoiceMetric;
import org.bayling.evaluation.choice.ChoiceReport;
import org.bayling.evaluation.choice.ChoiceTable;
import org.bayling.evaluation.choice.ScoredItem;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.Score;

/** Accuracies and who was right. */
record ChoiceResults(ChoicePart part, List<ScoredItem> scored) implements PartResults {

    private ChoiceReport report() {
        return ChoiceReport.of(part.name(), part.fewShot().shots(), part.metrics(), scored);
    }

    /** Of all languages and of each; subjects are in the table alone. */
    @Override
    public List<Score> scores() {
        List<Score> scores = new ArrayList<>();
        for (ChoiceReport.Row row : report().rows()) {
            if (row.subject().isPresent()) {
                continue;
            }
            row.values().forEach((metric, value) -> scores.add(new Score(
                    part.name(),
                    Optional.empty(),
                    row.language(),
                    metric.key(),
                    value.mean(),
                    Optional.empty(),
                    value.stderr(),
                    row.size(),
                    Optional.empty())));
        }
        return scores;
    }

    @Override
    public List<ResultItem> items() {
        List<ResultItem> items = new ArrayList<>();
        for (ScoredItem item : scored) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (ChoiceMetric metric : part.metrics()) {
                values.put(metric.key(), item.right(metric) ? 1.0 : 0.0);
            }
            items.add(new ResultItem.Valued(
                    part.name(),
                    item.item().language(),
                    ItemName.of(item.item().place()),
                    OptionalInt.of(item.item().gold()),
                    values));
        }
        return items;
    }

    @Override
    public List<String> table() {
        return ChoiceTable.markdown(report());
    }

    @Override
    public List<String> csv() {
        return ChoiceTable.csv(report());
    }

    @Override
    public ObjectNode json() {
        return ChoiceTable.json(report());
    }
}

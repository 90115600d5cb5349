package org.bayling.evaluation.suite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bayling.evaluation.choice.ChoiceMetric;
import org.bayling.evaluation.choice.ChoiceReport;
import org.bayling.evaluation.choice.ChoiceTable;
import org.bayling.evaluation.choice.ScoredItem;
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
    public List<ObjectNode> items() {
        List<ObjectNode> lines = new ArrayList<>();
        for (ScoredItem item : scored) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("task", part.name()).put("language", item.item().language());
            line.put("item", item.item().place()).put("gold", item.item().gold());
            ObjectNode values = line.putObject("values");
            for (ChoiceMetric metric : part.metrics()) {
                values.put(metric.key(), item.right(metric) ? 1 : 0);
            }
            lines.add(line);
        }
        return lines;
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

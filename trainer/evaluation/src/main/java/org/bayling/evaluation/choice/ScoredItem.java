package org.bayling.evaluation.choice;

/** An item and how likely a model finds its options. */
public record ScoredItem(ChoiceItem item, ItemScores scores) {

    /** Whether this metric chooses the right option. */
    public boolean right(ChoiceMetric metric) {
        return metric.chosen(item, scores) == item.gold();
    }
}

package org.bayling.evaluation.choice;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bayling.data.DataException;
import org.bayling.evaluation.likelihood.KeptLikelihoods;
import org.bayling.evaluation.likelihood.LikelihoodRequest;
import org.bayling.evaluation.likelihood.RequestEncoder;
import org.bayling.evaluation.likelihood.RequestGroup;
import org.bayling.observe.TaskProgress;

/** Asks a model the questions of a task. */
public final class ChoiceEvaluation {
    private final RequestEncoder encoder;
    private final ChoicePrompt prompt;
    private final boolean unconditional;

    /**
     * @param metrics that will be reported; the unconditional likelihoods are computed only where one needs them
     */
    public ChoiceEvaluation(RequestEncoder encoder, ChoicePrompt prompt, List<ChoiceMetric> metrics) {
        this.encoder = encoder;
        this.prompt = prompt;
        this.unconditional = metrics.contains(ChoiceMetric.ACC_MUTUAL_INFO);
    }

    /**
     * Scores of all items, in order.
     *
     * @throws DataException when an item cannot be encoded; nothing has been computed then
     */
    public List<ScoredItem> run(List<ChoiceItem> items, KeptLikelihoods likelihoods, TaskProgress progress)
            throws IOException {
        List<RequestGroup> groups = new ArrayList<>(items.size());
        for (ChoiceItem item : items) {
            groups.add(encode(item));
        }
        List<double[]> values = likelihoods.of(groups, progress, "questions");
        List<ScoredItem> scored = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            ChoiceItem item = items.get(i);
            scored.add(new ScoredItem(
                    item, ItemScores.of(values.get(i), item.options().size())));
        }
        return scored;
    }

    /** A request for each option, then, where wanted, one more for each without context. */
    private RequestGroup encode(ChoiceItem item) throws DataException {
        List<LikelihoodRequest> requests = new ArrayList<>();
        for (ChoiceItem.Option option : item.options()) {
            requests.add(encoder.encode(
                    item.place(), prompt.context(item, option), prompt.delimiter() + option.continuation()));
        }
        if (unconditional) {
            for (ChoiceItem.Option option : item.options()) {
                requests.add(encoder.encode(item.place(), "", prompt.delimiter() + option.choice()));
            }
        }
        return new RequestGroup(item.place(), requests);
    }
}

package org.bayling.evaluation.perplexity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bayling.data.DataException;
import org.bayling.evaluation.likelihood.KeptLikelihoods;
import org.bayling.evaluation.likelihood.LikelihoodRequest;
import org.bayling.evaluation.likelihood.RequestEncoder;
import org.bayling.evaluation.likelihood.RequestGroup;
import org.bayling.observe.TaskProgress;

/**
 * Predicts documents, token by token: {@code loglikelihood_rolling} of lm-evaluation-harness. Each window of a document
 * is kept for itself.
 *
 * @param encoder of the model
 */
public record PerplexityEvaluation(RequestEncoder encoder) {

    /**
     * All documents, in order.
     *
     * @throws DataException when a document cannot be encoded; nothing has been computed then
     */
    public List<ScoredDocument> run(List<TextDocument> documents, KeptLikelihoods likelihoods, TaskProgress progress)
            throws IOException {
        List<RequestGroup> windows = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (TextDocument document : documents) {
            for (LikelihoodRequest window : encoder.windows(document.place(), document.text())) {
                windows.add(new RequestGroup(document.place(), List.of(window)));
            }
            ends.add(windows.size());
        }
        List<double[]> values = likelihoods.of(windows, progress, "windows of text");
        List<ScoredDocument> scored = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < documents.size(); i++) {
            double sum = 0;
            for (; next < ends.get(i); next++) {
                sum += values.get(next)[0];
            }
            scored.add(new ScoredDocument(documents.get(i), Perplexity.of(documents.get(i), sum)));
        }
        return scored;
    }
}

package org.bayling.generate;

import java.util.List;

/** Is told of each answer the moment it is complete, so that nothing is lost when a long run is interrupted. */
@FunctionalInterface
public interface FinishedListener {
    /**
     * A request was answered; requests that run together end in any order.
     *
     * @param index of the request
     * @param results {@code num_return_sequences} answers, the best first
     */
    void onFinished(int index, List<GenerationResult> results);
}

package org.bayling.evaluation.likelihood;

import java.util.List;

/** Something that knows how likely continuations are. */
@FunctionalInterface
public interface LikelihoodScorer {

    /** The log-likelihood of each request, nats. */
    double[] score(List<LikelihoodRequest> requests);
}

package org.bayling.evaluation.choice;

import java.util.List;

/** Something that knows how likely continuations are. */
@FunctionalInterface
interface ChoiceScorer {

    /** The log-likelihood of each request, nats. */
    double[] score(List<EncodedRequest> requests);
}

package org.bayling.evaluation.choice;

import java.util.Arrays;

/**
 * Log-likelihoods of an item's options, nats.
 *
 * @param conditional ln p(continuation | context) of each
 * @param unconditional ln p(choice | nothing) of each; empty where no metric asks for it
 */
public record ItemScores(double[] conditional, double[] unconditional) {

    /** Both parts, one after the other. */
    static ItemScores of(double[] values, int options) {
        return new ItemScores(
                Arrays.copyOf(values, options), Arrays.copyOfRange(values, options, values.length));
    }
}

package org.bayling.evaluation.significance;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a paired test says of a system.
 *
 * @param score of the whole text
 * @param pValue chance of a difference this large if system and baseline were alike; none for the baseline itself
 * @param estimate by bootstrap, where that was the test
 */
public record Comparison(double score, OptionalDouble pValue, Optional<Estimate> estimate) {

    /** p-values up to this are called significant. */
    public static final double LEVEL = 0.05;

    static Comparison ofBaseline(double score, Estimate estimate) {
        return new Comparison(score, OptionalDouble.empty(), Optional.of(estimate));
    }

    static Comparison of(double score, double pValue, Estimate estimate) {
        return new Comparison(score, OptionalDouble.of(pValue), Optional.of(estimate));
    }

    /** Whether the difference is called significant at the level of 5 %. */
    public boolean significant() {
        return pValue.isPresent() && pValue.getAsDouble() <= LEVEL;
    }
}

package org.bayling.evaluation.translation;

import java.util.List;
import java.util.stream.Collectors;

/** A metric's value, and what it was made of. */
public sealed interface MetricScore {

    /** 0 to 100; TER may be above. */
    double score();

    /** What sacreBLEU prints behind the score; empty for most. */
    default String verbose() {
        return "";
    }

    /**
     * BLEU.
     *
     * @param counts n-grams that are in a reference too, by order, from 1; with add-k, what was added is in them
     * @param totals n-grams of the hypotheses, likewise
     * @param precisions smoothed, 0 to 100
     * @param brevityPenalty 0 to 1
     * @param hypothesisLength tokens
     * @param referenceLength tokens of the references that are closest in length
     */
    record Bleu(
            double score,
            List<Double> counts,
            List<Double> totals,
            List<Double> precisions,
            double brevityPenalty,
            long hypothesisLength,
            long referenceLength)
            implements MetricScore {

        /** Length of the hypotheses against that of the references; 0 where these have none. */
        public double ratio() {
            return referenceLength == 0 ? 0 : (double) hypothesisLength / referenceLength;
        }

        @Override
        public String verbose() {
            String shares = precisions.stream()
                    .map(share -> FixedDecimals.format(share, 1))
                    .collect(Collectors.joining("/"));
            return shares + " (BP = " + FixedDecimals.format(brevityPenalty, 3) + " ratio = "
                    + FixedDecimals.format(ratio(), 3) + " hyp_len = " + hypothesisLength + " ref_len = "
                    + referenceLength + ")";
        }
    }

    /** chrF. */
    record Chrf(double score) implements MetricScore {}

    /**
     * TER.
     *
     * @param edits in all
     * @param referenceLength words, the mean over a segment's references
     */
    record Ter(double score, long edits, double referenceLength) implements MetricScore {}
}

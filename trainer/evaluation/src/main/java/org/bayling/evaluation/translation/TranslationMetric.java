package org.bayling.evaluation.translation;

import java.util.List;

/**
 * A metric as sacreBLEU computes it: statistics of each segment, and a score from their sums. Immutable.
 *
 * <p>A segment's statistics are whole numbers (TER's reference length may be a fraction) and always as many; those of a
 * text are their sums, taken in order.
 */
public sealed interface TranslationMetric permits Bleu, Chrf, Ter {

    /** As on the command line: {@code bleu}, {@code chrf}, {@code chrf++}, {@code ter}. */
    String key();

    /** As sacreBLEU prints it, for example {@code chrF2++}. */
    String name();

    /** How many numbers the statistics of a segment are. */
    int statistics();

    /** A new counter of segments. */
    SegmentCounter counter();

    /** The score of a text, from the sums of its segments' statistics. */
    MetricScore score(double[] sums);

    /** The score of a resampled text, from sums in float32, as sacreBLEU computes it. */
    double resampledScore(double[] sums);

    /** What the scores of resampled texts are computed in. */
    Arithmetic resampledIn();

    /** sacreBLEU's signature. */
    String signature(SignatureContext context, boolean shorter);

    /** The full signature. */
    default String signature(SignatureContext context) {
        return signature(context, false);
    }

    /** The metric for sentences: BLEU then takes the orders that a sentence has (effective order). */
    default TranslationMetric forSentences() {
        return this;
    }

    /**
     * The score of a whole text.
     *
     * @param hypotheses one for each segment
     * @param references for each segment, one or more
     * @throws IllegalArgumentException when there are not as many segments on both sides, or one has no reference
     */
    default MetricScore scoreCorpus(List<String> hypotheses, List<List<String>> references) {
        if (hypotheses.size() != references.size()) {
            throw new IllegalArgumentException(
                    hypotheses.size() + " hypotheses, but references for " + references.size() + " segments");
        }
        SegmentCounter counter = counter();
        double[] sums = new double[statistics()];
        double[] segment = new double[statistics()];
        for (int i = 0; i < hypotheses.size(); i++) {
            if (references.get(i).isEmpty()) {
                throw new IllegalArgumentException("segment " + (i + 1) + " has no reference");
            }
            counter.count(hypotheses.get(i), references.get(i), segment, 0);
            for (int k = 0; k < sums.length; k++) {
                sums[k] += segment[k];
            }
        }
        return score(sums);
    }

    /** Score of a whole text, 0 to 100; TER's may be above. */
    default double corpus(List<String> hypotheses, List<List<String>> references) {
        return scoreCorpus(hypotheses, references).score();
    }

    /** Score of one segment: that of a corpus of one. */
    default double sentence(String hypothesis, List<String> references) {
        return corpus(List.of(hypothesis), List.of(references));
    }
}

package org.bayling.evaluation.translation;

import java.util.List;

/** Counts a metric's statistics of one segment after the other. Keeps its working memory; for one thread. */
@FunctionalInterface
public interface SegmentCounter {

    /**
     * @param references one or more
     * @param into the statistics are written to {@code into[offset]} and after
     */
    void count(String hypothesis, List<String> references, double[] into, int offset);
}

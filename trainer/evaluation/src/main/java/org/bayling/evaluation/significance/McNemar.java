package org.bayling.evaluation.significance;

/**
 * McNemar's exact test of two systems that answered the same questions right or wrong: of the questions that only one of
 * them got right, either is as likely to have it if they are alike.
 */
public final class McNemar {
    private McNemar() {}

    /**
     * The two-sided p-value: twice the binomial tail, at most 1.
     *
     * @param onlyFirst questions that only the first system got right
     * @param onlySecond questions that only the second one got right
     */
    public static double pValue(int onlyFirst, int onlySecond) {
        int trials = Math.addExact(onlyFirst, onlySecond);
        double logTerm = -trials * Math.log(2);
        double tail = Math.exp(logTerm);
        for (int k = 1; k <= Math.min(onlyFirst, onlySecond); k++) {
            logTerm += Math.log((double) (trials - k + 1) / k);
            tail += Math.exp(logTerm);
        }
        return Math.min(1, 2 * tail);
    }
}

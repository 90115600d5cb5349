package org.bayling.evaluation.alignment.analysis;

/**
 * What the cosines of all pairs of sentences say; row i and column i are translations.
 *
 * @param pairs mean of the translations
 * @param others mean of all other pairs
 * @param toColumns share of rows whose greatest cosine is the translation's; of equal ones the first counts
 * @param toRows the same of columns
 */
record Retrieval(double pairs, double others, double toColumns, double toRows) {

    /** @param cosines [n][n], n at least 2 */
    static Retrieval of(double[][] cosines) {
        int n = cosines.length;
        double pairs = 0;
        double all = 0;
        int found = 0;
        int foundBack = 0;
        for (int i = 0; i < n; i++) {
            int nearest = 0;
            int nearestBack = 0;
            for (int j = 0; j < n; j++) {
                all += cosines[i][j];
                nearest = cosines[i][j] > cosines[i][nearest] ? j : nearest;
                nearestBack = cosines[j][i] > cosines[nearestBack][i] ? j : nearestBack;
            }
            pairs += cosines[i][i];
            found += nearest == i ? 1 : 0;
            foundBack += nearestBack == i ? 1 : 0;
        }
        double others = (all - pairs) / ((double) n * (n - 1));
        return new Retrieval(pairs / n, others, found / (double) n, foundBack / (double) n);
    }
}

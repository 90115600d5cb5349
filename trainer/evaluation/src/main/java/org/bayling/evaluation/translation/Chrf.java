package org.bayling.evaluation.translation;

/**
 * chrF and chrF++ (Popović 2015, 2017): F-score over character n-grams, and over word n-grams too.
 *
 * <p>With several references, a segment counts against the one with the strictly highest F-score of its own, the
 * earlier one on a tie. Statistics: for each order of characters and then of words, the n-grams of the hypothesis (0
 * where the reference has none of that order), of the reference, and those in both.
 *
 * @param charOrder longest character n-gram, code points
 * @param wordOrder longest word n-gram; 0 is chrF, 2 is chrF++
 * @param beta weight of recall against precision
 * @param lowercase compare lower-cased texts
 * @param whitespace let white space be part of character n-grams
 * @param epsSmoothing average the F-scores of all orders, instead of precision and recall of the orders that occur
 */
public record Chrf(
        int charOrder, int wordOrder, double beta, boolean lowercase, boolean whitespace, boolean epsSmoothing)
        implements TranslationMetric {

    private static final double EPSILON = 1e-16;

    /** chrF2: orders 6 and 0, beta 2. */
    public static Chrf chrf2() {
        return new Chrf(6, 0, 2, false, false, false);
    }

    /** chrF2++: orders 6 and 2, beta 2. */
    public static Chrf chrf2PlusPlus() {
        return new Chrf(6, 2, 2, false, false, false);
    }

    @Override
    public String key() {
        return wordOrder == 2 ? "chrf++" : "chrf";
    }

    /** For example {@code chrF2++}. */
    @Override
    public String name() {
        return "chrF" + betaText() + "+".repeat(wordOrder);
    }

    private String betaText() {
        return beta == Math.rint(beta) ? Long.toString((long) beta) : Double.toString(beta);
    }

    @Override
    public int statistics() {
        return 3 * orders();
    }

    private int orders() {
        return charOrder + wordOrder;
    }

    @Override
    public SegmentCounter counter() {
        return new ChrfCounter(this);
    }

    @Override
    public String signature(SignatureContext context, boolean shorter) {
        return context.format(
                shorter,
                "case",
                "c",
                lowercase ? "lc" : "mixed",
                "eff",
                "e",
                epsSmoothing ? "no" : "yes",
                "nc",
                "nc",
                Integer.toString(charOrder),
                "nw",
                "nw",
                Integer.toString(wordOrder),
                "space",
                "s",
                whitespace ? "yes" : "no");
    }

    @Override
    public MetricScore.Chrf score(double[] sums) {
        return new MetricScore.Chrf(fScore(sums, Arithmetic.DOUBLE));
    }

    @Override
    public double resampledScore(double[] sums) {
        return fScore(sums, Arithmetic.SINGLE);
    }

    @Override
    public Arithmetic resampledIn() {
        return Arithmetic.SINGLE;
    }

    private double fScore(double[] counts, Arithmetic in) {
        double smoothed = 0;
        double precisions = 0;
        double recalls = 0;
        int effective = 0;
        for (int order = 0; order < orders(); order++) {
            double hypothesis = counts[3 * order];
            double reference = counts[3 * order + 1];
            double matches = counts[3 * order + 2];
            double precision = hypothesis > 0 ? in.round(matches / hypothesis) : EPSILON;
            double recall = reference > 0 ? in.round(matches / reference) : EPSILON;
            smoothed = in.round(smoothed + fScore(precision, recall, EPSILON, in));
            if (hypothesis > 0 && reference > 0) {
                precisions = in.round(precisions + precision);
                recalls = in.round(recalls + recall);
                effective++;
            }
        }
        if (epsSmoothing) {
            return in.round(in.round(100 * smoothed) / orders());
        }
        if (effective == 0) {
            return 0;
        }
        return in.round(100 * fScore(in.round(precisions / effective), in.round(recalls / effective), 0, in));
    }

    private double fScore(double precision, double recall, double otherwise, Arithmetic in) {
        double factor = in.round(beta * beta);
        double denominator = in.round(in.round(factor * precision) + recall);
        double product = in.round(in.round((1 + factor) * precision) * recall);
        return denominator > 0 ? in.round(product / denominator) : otherwise;
    }
}

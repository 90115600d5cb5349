package org.bayling.evaluation.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * BLEU (Papineni et al. 2002) as sacreBLEU computes it.
 *
 * <p>Statistics: tokens of the hypothesis, of the reference closest in length (the shorter on a tie), then for each
 * order the n-grams that are in a reference too, then for each order all of the hypothesis.
 *
 * @param tokenizer what cuts lines into tokens
 * @param lowercase compare lower-cased texts
 * @param smoothing what is done where an order has no match
 * @param maxOrder longest n-gram, 4 by custom
 * @param effectiveOrder leave out the orders that the hypothesis is too short for
 */
public record Bleu(
        BleuTokenizer tokenizer, boolean lowercase, Smoothing smoothing, int maxOrder, boolean effectiveOrder)
        implements TranslationMetric {

    private static final double LOG_OF_ZERO = -9999999999.0;

    public Bleu {
        if (maxOrder < 1) {
            throw new IllegalArgumentException("the longest n-gram has " + maxOrder + " tokens; 1 is the least");
        }
    }

    /** sacreBLEU's defaults: 13a, mixed case, exponential smoothing, order 4. */
    public static Bleu standard() {
        return of(BleuTokenizer.V13A);
    }

    /** The defaults with another tokenizer. */
    public static Bleu of(BleuTokenizer tokenizer) {
        return new Bleu(tokenizer, false, Smoothing.exp(), 4, false);
    }

    /** The ways of smoothing that Chen and Cherry (2014) compare. */
    public enum SmoothMethod {
        EXP("exp"),
        FLOOR("floor"),
        ADD_K("add-k"),
        NONE("none");

        private final String word;

        SmoothMethod(String word) {
            this.word = word;
        }

        /** As in signatures. */
        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * What is done where an order has no match.
     *
     * @param value for floor the count instead of 0, for add-k what is added to counts and totals from order 2 on
     */
    public record Smoothing(SmoothMethod method, double value) {
        public static Smoothing exp() {
            return new Smoothing(SmoothMethod.EXP, 0);
        }

        public static Smoothing none() {
            return new Smoothing(SmoothMethod.NONE, 0);
        }

        public static Smoothing floor(double value) {
            return new Smoothing(SmoothMethod.FLOOR, value);
        }

        public static Smoothing addK(double value) {
            return new Smoothing(SmoothMethod.ADD_K, value);
        }

        /** A method with sacreBLEU's value for it: 0.1 for floor, 1 for add-k. */
        public static Smoothing of(SmoothMethod method) {
            return new Smoothing(
                    method,
                    switch (method) {
                        case FLOOR -> 0.1;
                        case ADD_K -> 1;
                        case EXP, NONE -> 0;
                    });
        }

        private boolean valued() {
            return method == SmoothMethod.FLOOR || method == SmoothMethod.ADD_K;
        }

        /** As in signatures, for example {@code floor[0.10]}. */
        @Override
        public String toString() {
            return valued() ? method + "[" + FixedDecimals.format(value, 2) + "]" : method.toString();
        }
    }

    @Override
    public String key() {
        return "bleu";
    }

    @Override
    public String name() {
        return "BLEU";
    }

    @Override
    public int statistics() {
        return 2 + 2 * maxOrder;
    }

    @Override
    public SegmentCounter counter() {
        return new BleuCounter(this);
    }

    @Override
    public TranslationMetric forSentences() {
        return new Bleu(tokenizer, lowercase, smoothing, maxOrder, true);
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
                effectiveOrder ? "yes" : "no",
                "tok",
                "tok",
                tokenizer.signature(),
                "smooth",
                "s",
                smoothing.toString());
    }

    @Override
    public MetricScore.Bleu score(double[] sums) {
        return score(sums, Arithmetic.DOUBLE);
    }

    @Override
    public double resampledScore(double[] sums) {
        return score(sums, Arithmetic.SINGLE).score();
    }

    @Override
    public Arithmetic resampledIn() {
        return Arithmetic.DOUBLE; // the precisions are float32, but the score is made of their logarithms
    }

    private MetricScore.Bleu score(double[] sums, Arithmetic arithmetic) {
        long hypothesisLength = (long) sums[0];
        long referenceLength = (long) sums[1];
        double[] correct = Arrays.copyOfRange(sums, 2, 2 + maxOrder);
        double[] total = Arrays.copyOfRange(sums, 2 + maxOrder, 2 + 2 * maxOrder);
        double penalty = brevityPenalty(hypothesisLength, referenceLength);
        double[] precisions = new double[maxOrder];
        double score = 0;
        if (Arrays.stream(correct).anyMatch(count -> count != 0)) {
            int orders = precisions(correct, total, precisions, arithmetic);
            double logarithms = 0;
            for (int n = 0; n < orders; n++) {
                logarithms += precisions[n] == 0 ? LOG_OF_ZERO : Math.log(precisions[n]);
            }
            score = penalty * Math.exp(logarithms / orders);
        }
        return new MetricScore.Bleu(
                score, boxed(correct), boxed(total), boxed(precisions), penalty, hypothesisLength, referenceLength);
    }

    private static double brevityPenalty(long hypothesisLength, long referenceLength) {
        if (hypothesisLength >= referenceLength) {
            return 1;
        }
        return hypothesisLength > 0 ? Math.exp(1 - (double) referenceLength / hypothesisLength) : 0;
    }

    /** Fills in the precisions and returns how many orders count. Add-k changes the counts too, as in sacreBLEU. */
    private int precisions(double[] correct, double[] total, double[] precisions, Arithmetic in) {
        double divisor = 1;
        int orders = maxOrder;
        for (int n = 0; n < maxOrder; n++) {
            if (smoothing.method() == SmoothMethod.ADD_K && n > 0) {
                correct[n] = in.round(correct[n] + in.round(smoothing.value()));
                total[n] = in.round(total[n] + in.round(smoothing.value()));
            }
            if (total[n] == 0) {
                break;
            }
            if (effectiveOrder) {
                orders = n + 1;
            }
            if (correct[n] != 0) {
                precisions[n] = in.round(in.round(100 * correct[n]) / total[n]);
            } else if (smoothing.method() == SmoothMethod.EXP) {
                divisor *= 2;
                precisions[n] = in.round(100 / in.round(divisor * total[n]));
            } else if (smoothing.method() == SmoothMethod.FLOOR) {
                precisions[n] = in.round(in.round(100 * smoothing.value()) / total[n]);
            }
        }
        return orders;
    }

    private static List<Double> boxed(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(value);
        }
        return List.copyOf(list);
    }
}

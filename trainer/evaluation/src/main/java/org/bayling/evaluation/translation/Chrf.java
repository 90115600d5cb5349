package org.bayling.evaluation.translation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * chrF and chrF++ (Popović 2015, 2017): F-score over character n-grams, and over word n-grams too.
 *
 * <p>A corpus score is computed once from counts summed over segments. With several references, a segment counts
 * against the one with the strictly highest F-score of its own, the earlier one on a tie.
 *
 * @param charOrder longest character n-gram, code points
 * @param wordOrder longest word n-gram; 0 is chrF, 2 is chrF++
 * @param beta weight of recall against precision
 * @param lowercase compare lower-cased texts
 * @param whitespace let white space be part of character n-grams
 * @param epsSmoothing average the F-scores of all orders, instead of precision and recall of the orders that occur
 */
public record Chrf(
        int charOrder, int wordOrder, double beta, boolean lowercase, boolean whitespace, boolean epsSmoothing) {

    /** The version of sacreBLEU whose numbers these are. */
    static final String SACREBLEU = "2.6.0";

    private static final double EPSILON = 1e-16;
    private static final String ASCII_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /** chrF2: orders 6 and 0, beta 2. */
    public static Chrf chrf2() {
        return new Chrf(6, 0, 2, false, false, false);
    }

    /** chrF2++: orders 6 and 2, beta 2. */
    public static Chrf chrf2PlusPlus() {
        return new Chrf(6, 2, 2, false, false, false);
    }

    /**
     * Score of a whole text, 0 to 100.
     *
     * @param hypotheses one for each segment
     * @param references for each segment, one or more
     * @throws IllegalArgumentException when there are not as many segments on both sides, or one has no reference
     */
    public double corpus(List<String> hypotheses, List<List<String>> references) {
        if (hypotheses.size() != references.size()) {
            throw new IllegalArgumentException(hypotheses.size() + " hypotheses, but references for "
                    + references.size() + " segments");
        }
        long[] sum = new long[3 * orders()];
        for (int segment = 0; segment < hypotheses.size(); segment++) {
            if (references.get(segment).isEmpty()) {
                throw new IllegalArgumentException("segment " + (segment + 1) + " has no reference");
            }
            long[] counts = closest(hypotheses.get(segment), references.get(segment));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += counts[i];
            }
        }
        return fScore(sum);
    }

    /** Score of one segment, 0 to 100: that of a corpus of one. */
    public double sentence(String hypothesis, List<String> references) {
        return corpus(List.of(hypothesis), List.of(references));
    }

    /** For example {@code chrF2++}. */
    public String name() {
        return "chrF" + (beta == Math.rint(beta) ? Long.toString((long) beta) : Double.toString(beta))
                + "+".repeat(wordOrder);
    }

    /** sacreBLEU's signature, for example {@code nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0}. */
    public String signature(int referencesPerSegment) {
        return "nrefs:" + referencesPerSegment + "|case:" + (lowercase ? "lc" : "mixed") + "|eff:"
                + (epsSmoothing ? "no" : "yes") + "|nc:" + charOrder + "|nw:" + wordOrder + "|space:"
                + (whitespace ? "yes" : "no") + "|version:" + SACREBLEU;
    }

    private int orders() {
        return charOrder + wordOrder;
    }

    private long[] closest(String hypothesis, List<String> references) {
        List<Map<String, Integer>> ours = ngrams(hypothesis);
        long[] best = null;
        double bestScore = -1;
        for (String reference : references) {
            long[] counts = counts(ours, ngrams(reference));
            double score = fScore(counts);
            if (score > bestScore) {
                bestScore = score;
                best = counts;
            }
        }
        return best;
    }

    /** For each order: n-grams of the hypothesis (0 when the reference has none), of the reference, in both. */
    private static long[] counts(List<Map<String, Integer>> hypothesis, List<Map<String, Integer>> reference) {
        long[] counts = new long[3 * hypothesis.size()];
        for (int order = 0; order < hypothesis.size(); order++) {
            Map<String, Integer> theirs = reference.get(order);
            for (Map.Entry<String, Integer> ngram : hypothesis.get(order).entrySet()) {
                counts[3 * order] += theirs.isEmpty() ? 0 : ngram.getValue();
                counts[3 * order + 2] += Math.min(ngram.getValue(), theirs.getOrDefault(ngram.getKey(), 0));
            }
            for (int count : theirs.values()) {
                counts[3 * order + 1] += count;
            }
        }
        return counts;
    }

    private double fScore(long[] counts) {
        double factor = beta * beta;
        double smoothed = 0;
        double precisions = 0;
        double recalls = 0;
        int effective = 0;
        for (int order = 0; order < orders(); order++) {
            long hypothesis = counts[3 * order];
            long reference = counts[3 * order + 1];
            double precision = hypothesis > 0 ? (double) counts[3 * order + 2] / hypothesis : EPSILON;
            double recall = reference > 0 ? (double) counts[3 * order + 2] / reference : EPSILON;
            double denominator = factor * precision + recall;
            smoothed += denominator > 0 ? (1 + factor) * precision * recall / denominator : EPSILON;
            if (hypothesis > 0 && reference > 0) {
                precisions += precision;
                recalls += recall;
                effective++;
            }
        }
        if (epsSmoothing) {
            return 100 * smoothed / orders();
        }
        if (effective == 0 || precisions + recalls == 0) {
            return 0;
        }
        double precision = precisions / effective;
        double recall = recalls / effective;
        return 100 * (1 + factor) * precision * recall / (factor * precision + recall);
    }

    private List<Map<String, Integer>> ngrams(String raw) {
        String text = lowercase ? raw.toLowerCase(Locale.ROOT) : raw;
        String characters = whitespace ? text : String.join("", PythonSpace.split(text));
        int[] codePoints = characters.codePoints().toArray();
        List<Map<String, Integer>> orders = new ArrayList<>();
        for (int order = 1; order <= charOrder; order++) {
            Map<String, Integer> counts = new HashMap<>();
            for (int i = 0; i + order <= codePoints.length; i++) {
                counts.merge(new String(codePoints, i, order), 1, Integer::sum);
            }
            orders.add(counts);
        }
        List<String> words = wordOrder == 0 ? List.of() : words(text);
        for (int order = 1; order <= wordOrder; order++) {
            Map<String, Integer> counts = new HashMap<>();
            for (int i = 0; i + order <= words.size(); i++) {
                counts.merge(String.join(" ", words.subList(i, i + order)), 1, Integer::sum);
            }
            orders.add(counts);
        }
        return orders;
    }

    /** Words, each with one punctuation mark at most cut off: the last character's, or else the first's. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : PythonSpace.split(text)) {
            int first = word.offsetByCodePoints(0, 1);
            int last = word.offsetByCodePoints(word.length(), -1);
            if (word.codePointCount(0, word.length()) == 1) {
                words.add(word);
            } else if (ASCII_PUNCTUATION.contains(word.substring(last))) {
                words.add(word.substring(0, last));
                words.add(word.substring(last));
            } else if (ASCII_PUNCTUATION.contains(word.substring(0, first))) {
                words.add(word.substring(0, first));
                words.add(word.substring(first));
            } else {
                words.add(word);
            }
        }
        return words;
    }
}

package org.bayling.corpus.mixture;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Whole numbers in proportion to weights, within bounds. */
public final class Apportionment {
    private Apportionment() {}

    /**
     * Divides a total.
     *
     * @param weights above 0
     * @param minimum of each part, 0 or more
     * @param maximum of each part, no less than its minimum
     * @return parts that add up to {@code total}, each within one of {@link #exact}
     * @throws IllegalArgumentException when the minima add up to more than the total, or the maxima to less
     */
    public static long[] of(double[] weights, long[] minimum, long[] maximum, long total) {
        return of(weights, minimum, maximum, total, new long[weights.length]);
    }

    /**
     * The same, with a say in what is left to chance.
     *
     * @param ties of parts with equal remainders those with the least number come first; of equal ones, those with the
     *     first place
     */
    public static long[] of(double[] weights, long[] minimum, long[] maximum, long total, long[] ties) {
        double[] exact = exact(weights, minimum, maximum, total);
        long[] parts = new long[exact.length];
        long rest = total;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Math.max(minimum[i], Math.min(maximum[i], (long) Math.floor(exact[i])));
            rest -= parts[i];
        }
        // A part at its cap has no remainder.
        List<Integer> byRemainder = IntStream.range(0, parts.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> parts[i] - exact[i])
                        .thenComparingLong(i -> ties[i]))
                .toList();
        for (int round = 0; rest != 0; round++) {
            int i = byRemainder.get(rest > 0 ? round % parts.length : parts.length - 1 - round % parts.length);
            if (rest > 0 && parts[i] < maximum[i]) {
                parts[i]++;
                rest--;
            } else if (rest < 0 && parts[i] > minimum[i]) {
                parts[i]--;
                rest++;
            }
        }
        return parts;
    }

    /**
     * The same before rounding: part i is {@code k x weight_i}, or its minimum or maximum where that is beyond, with the
     * one k that makes the sum right.
     */
    public static double[] exact(double[] weights, long[] minimum, long[] maximum, long total) {
        require(minimum, maximum, total);
        double[] shares = new double[weights.length];
        boolean[] fixed = new boolean[weights.length];
        while (true) {
            double rest = total;
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                rest -= fixed[i] ? shares[i] : 0;
                sum += fixed[i] ? 0 : weights[i];
            }
            double beyond = 0;
            for (int i = 0; i < weights.length; i++) {
                if (!fixed[i]) {
                    double share = rest * weights[i] / sum;
                    shares[i] = Math.max(minimum[i], Math.min(maximum[i], share));
                    beyond += shares[i] - share;
                }
            }
            if (!fixViolations(rest / sum, weights, shares, fixed, beyond)) {
                return shares;
            }
        }
    }

    /** Parts held up by their minimum take from the others, parts held down give to them: fixes the stronger kind. */
    private static boolean fixViolations(
            double factor, double[] weights, double[] shares, boolean[] fixed, double beyond) {
        boolean any = false;
        for (int i = 0; i < weights.length; i++) {
            double held = fixed[i] ? 0 : shares[i] - factor * weights[i];
            if (held != 0 && (beyond == 0 || held > 0 == beyond > 0) && Math.abs(held) > 1e-9) {
                fixed[i] = true;
                any = true;
            }
        }
        return any;
    }

    private static void require(long[] minimum, long[] maximum, long total) {
        long least = 0;
        long most = 0;
        for (int i = 0; i < minimum.length; i++) {
            least = Math.addExact(least, minimum[i]);
            most = most > Long.MAX_VALUE - maximum[i] ? Long.MAX_VALUE : most + maximum[i];
        }
        if (least > total || most < total) {
            throw new IllegalArgumentException("a total of " + total + " is not between " + least + " and " + most);
        }
    }
}

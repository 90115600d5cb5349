package org.bayling.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.bayling.numeric.Rng;

/**
 * How often each data set is drawn in an epoch, and which of its samples a draw is.
 *
 * <p>Data set i has n_i samples, weight w_i and the share p_i, proportional to w_i x n_i^(1/temperature). An epoch has
 * N = round(sum of w_i x n_i) draws, of which data set i gets p_i x N, rounded by largest remainder: exactly that many,
 * not on average. With all weights 1 and temperature 1 every sample is drawn once.
 *
 * <p>The draws of a data set go through it again and again, in a new order each time, and an epoch goes on where the
 * last one ended: at weight 0.5 two epochs cover all samples, at weight 2 an epoch covers them twice.
 */
final class Mixture {
    private final long seed;
    private final long[] sizes;
    private final long[] draws;
    private final long[] starts;
    private final DataOrder slots;
    private final DataOrder[] passes;

    /** One draw: a data set, and a place among its samples. */
    record Draw(int dataset, long sample) {}

    /**
     * @param sizes samples of each data set, all above 0
     * @param weights of each data set, above 0
     */
    Mixture(long seed, long[] sizes, double[] weights, double temperature) {
        this.seed = seed;
        this.sizes = sizes.clone();
        this.draws = draws(sizes, weights, temperature);
        this.starts = new long[sizes.length + 1];
        for (int i = 0; i < sizes.length; i++) {
            starts[i + 1] = starts[i] + draws[i];
        }
        this.slots = new DataOrder(Rng.mix(seed, -1), size());
        this.passes = new DataOrder[sizes.length];
        Arrays.setAll(passes, i -> new DataOrder(Rng.mix(seed, i), sizes[i]));
    }

    /** Draws of an epoch. */
    long size() {
        return starts[starts.length - 1];
    }

    /** Draws of a data set in an epoch. */
    long draws(int dataset) {
        return draws[dataset];
    }

    /** The draw at a place of an epoch. */
    Draw at(long epoch, long index) {
        long slot = slots.at(epoch, index);
        int dataset = dataset(slot);
        long place = Math.addExact(Math.multiplyExact(epoch, draws[dataset]), slot - starts[dataset]);
        long pass = place / sizes[dataset];
        return new Draw(dataset, passes[dataset].at(pass, place % sizes[dataset]));
    }

    private int dataset(long slot) {
        // Data sets without a draw share their start with the next one; the last of equal starts is meant.
        int low = 0;
        int high = draws.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= slot) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static long[] draws(long[] sizes, double[] weights, double temperature) {
        double[] shares = new double[sizes.length];
        double sum = 0;
        double total = 0;
        for (int i = 0; i < sizes.length; i++) {
            shares[i] = weights[i] * Math.pow(sizes[i], 1 / temperature);
            sum += shares[i];
            total += weights[i] * sizes[i];
        }
        long epoch = Math.max(1, Math.round(total));
        double[] exact = new double[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            // At temperature 1 this is w_i x n_i itself, without the rounding of a quotient.
            exact[i] = temperature == 1 ? weights[i] * sizes[i] : shares[i] / sum * epoch;
        }
        return largestRemainder(exact, epoch);
    }

    /** Whole numbers that add up to {@code total}, each within one of the exact one. */
    static long[] largestRemainder(double[] exact, long total) {
        long[] counts = new long[exact.length];
        long given = 0;
        for (int i = 0; i < exact.length; i++) {
            counts[i] = (long) Math.floor(exact[i]);
            given += counts[i];
        }
        int[] byRemainder = IntStream.range(0, exact.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.floor(exact[i]) - exact[i]))
                .mapToInt(i -> i)
                .toArray();
        for (int i = 0; given < total; i = (i + 1) % exact.length) {
            counts[byRemainder[i]]++;
            given++;
        }
        for (int i = exact.length - 1; given > total; i = (i + exact.length - 1) % exact.length) {
            if (counts[byRemainder[i]] > 0) {
                counts[byRemainder[i]]--;
                given--;
            }
        }
        return counts;
    }
}

package org.bayling.generate;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.bayling.numeric.Rng;

/**
 * Chooses the next token from scores, in the order and by the definitions of transformers' {@code logits_process.py}:
 * temperature, top-k, top-p.
 *
 * <p>A draw is a pure function of the scores, the seed and the position.
 */
public final class Sampler {
    private final SamplingSettings settings;

    public Sampler(SamplingSettings settings) {
        this.settings = settings;
    }

    /** Whether it draws, rather than taking the likeliest token each time. */
    boolean draws() {
        return settings.doSample();
    }

    /**
     * The tokens that can come next.
     *
     * @param ids ascending
     * @param probabilities of each; their sum is 1
     */
    public record Distribution(int[] ids, double[] probabilities) {}

    /**
     * The next token.
     *
     * @param logits [V]; overwritten
     * @param position of the token in its sequence
     * @throws ArithmeticException when a logit is NaN
     */
    public int choose(float[] logits, long position) {
        if (!settings.doSample()) {
            return best(logits);
        }
        Distribution distribution = distribution(logits);
        double left = Rng.uniform(settings.seed(), position);
        int[] ids = distribution.ids();
        for (int i = 0; i < ids.length; i++) {
            left -= distribution.probabilities()[i];
            if (left < 0) {
                return ids[i];
            }
        }
        return ids[ids.length - 1];
    }

    /** The distribution that sampling draws from; arguments as for {@link #choose}. */
    public Distribution distribution(float[] logits) {
        float highest = logits[best(logits)];
        float temperature = (float) settings.temperature();
        for (int i = 0; i < logits.length; i++) {
            logits[i] /= temperature;
        }
        int[] ids = topK(logits);
        double[] weights = new double[ids.length];
        for (int i = 0; i < ids.length; i++) {
            weights[i] = Math.exp((double) logits[ids[i]] - highest / temperature);
        }
        Distribution kept = normalised(ids, weights);
        return settings.topP() < 1 ? topP(kept) : kept;
    }

    /** The first of the highest logits. */
    private static int best(float[] logits) {
        int best = 0;
        for (int i = 0; i < logits.length; i++) {
            if (Float.isNaN(logits[i])) {
                throw Scores.nan(i);
            }
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Ids, ascending, of all tokens whose logit is at least the k-th highest; so more than k when some are equal. */
    private int[] topK(float[] logits) {
        int k = settings.topK();
        if (k == 0 || k >= logits.length) {
            return IntStream.range(0, logits.length).toArray();
        }
        PriorityQueue<Float> highest = new PriorityQueue<>(k);
        for (float logit : logits) {
            if (highest.size() < k) {
                highest.add(logit);
            } else if (logit > highest.peek()) {
                highest.poll();
                highest.add(logit);
            }
        }
        float least = highest.peek();
        return IntStream.range(0, logits.length)
                .filter(i -> logits[i] >= least)
                .toArray();
    }

    /** The smallest set of likeliest tokens whose probabilities reach top-p; of equal ones the later ids go first. */
    private Distribution topP(Distribution all) {
        double[] probabilities = all.probabilities();
        int[] order = likeliest(probabilities);
        double sum = 0;
        int size = 0;
        while (size < order.length && (size == 0 || sum < settings.topP())) {
            sum += probabilities[order[size++]];
        }
        int[] kept = Arrays.copyOf(order, size);
        Arrays.sort(kept);
        return normalised(
                Arrays.stream(kept).map(i -> all.ids()[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> probabilities[i]).toArray());
    }

    /** Indices in falling order, as far down as top-p can reach: unlikely tokens are not sorted. */
    private int[] likeliest(double[] probabilities) {
        double threshold = Arrays.stream(probabilities).max().orElse(0);
        int[] candidates;
        double sum;
        do {
            threshold /= 64;
            double least = threshold;
            candidates = IntStream.range(0, probabilities.length)
                    .filter(i -> probabilities[i] >= least)
                    .toArray();
            sum = Arrays.stream(candidates).mapToDouble(i -> probabilities[i]).sum();
        } while (sum < settings.topP() && candidates.length < probabilities.length && threshold > 0);
        return Arrays.stream(candidates)
                .boxed()
                .sorted((a, b) -> probabilities[a] != probabilities[b]
                        ? Double.compare(probabilities[b], probabilities[a])
                        : b - a)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Distribution normalised(int[] ids, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return new Distribution(
                ids, Arrays.stream(weights).map(weight -> weight / sum).toArray());
    }
}

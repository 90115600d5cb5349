package org.bayling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class MixtureTest {

    private static long[] realised(Mixture mixture, int datasets, long epoch) {
        long[] counts = new long[datasets];
        for (long i = 0; i < mixture.size(); i++) {
            counts[mixture.at(epoch, i).dataset()]++;
        }
        return counts;
    }

    @Property(tries = 100)
    void equalWeightsDrawEverySampleOnceAnEpoch(
            @ForAll long seed, @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 300) Integer> sizes) {
        long[] n = sizes.stream().mapToLong(i -> i).toArray();
        double[] weights = new double[n.length];
        java.util.Arrays.fill(weights, 1);
        Mixture mixture = new Mixture(seed, n, weights, 1);
        for (long epoch = 0; epoch < 2; epoch++) {
            Set<Mixture.Draw> drawn = new HashSet<>();
            for (long i = 0; i < mixture.size(); i++) {
                assertThat(drawn.add(mixture.at(epoch, i))).isTrue();
            }
            assertThat(drawn).hasSize(sizes.stream().mapToInt(i -> i).sum());
        }
    }

    @Property(tries = 100)
    void realisedCountsAreThePlannedOnesInEveryEpoch(
            @ForAll long seed,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 200) Integer> sizes,
            @ForAll @Size(min = 4, max = 4) List<@DoubleRange(min = 0.05, max = 4) Double> weights,
            @ForAll @DoubleRange(min = 0.5, max = 8) double temperature,
            @ForAll @LongRange(max = 5) long epoch) {
        long[] n = sizes.stream().mapToLong(i -> i).toArray();
        double[] w = weights.stream().limit(n.length).mapToDouble(d -> d).toArray();
        Mixture mixture = new Mixture(seed, n, w, temperature);
        double total = 0;
        double shares = 0;
        for (int i = 0; i < n.length; i++) {
            total += w[i] * n[i];
            shares += w[i] * Math.pow(n[i], 1 / temperature);
        }
        assertThat(mixture.size()).isEqualTo(Math.max(1, Math.round(total)));
        long[] counts = realised(mixture, n.length, epoch);
        for (int i = 0; i < n.length; i++) {
            assertThat(counts[i]).isEqualTo(mixture.draws(i));
            double exact = w[i] * Math.pow(n[i], 1 / temperature) / shares * mixture.size();
            assertThat((double) counts[i]).isCloseTo(exact, within(1.0 + 1e-6));
        }
    }

    @Example
    void halfWeightTakesDifferentHalvesAndTwoEpochsCoverAll() {
        Mixture mixture = new Mixture(7, new long[] {100, 60}, new double[] {0.5, 2}, 1);
        Set<Long> half = new HashSet<>();
        int[] twice = new int[60];
        for (long epoch = 0; epoch < 2; epoch++) {
            for (long i = 0; i < mixture.size(); i++) {
                Mixture.Draw draw = mixture.at(epoch, i);
                if (draw.dataset() == 0) {
                    assertThat(half.add(draw.sample())).isTrue();
                } else if (epoch == 0) {
                    twice[(int) draw.sample()]++;
                }
            }
        }
        assertThat(mixture.size()).isEqualTo(170);
        assertThat(half).hasSize(100);
        assertThat(twice).containsOnly(2);
    }

    @Example
    void highTemperatureEvensOutTheDataSets() {
        Mixture mixture = new Mixture(7, new long[] {9000, 1000}, new double[] {1, 1}, 1e9);

        assertThat(mixture.size()).isEqualTo(10_000);
        assertThat(mixture.draws(0)).isEqualTo(5000);
    }
}

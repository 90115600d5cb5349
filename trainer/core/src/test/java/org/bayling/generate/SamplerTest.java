package org.bayling.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final SamplingSettings SAMPLING =
            SamplingSettings.GREEDY.withDoSample(true).withTopK(0);

    /** Logits whose softmax are these probabilities. */
    private static float[] logs(double... probabilities) {
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(probabilities[i]);
        }
        return logits;
    }

    @Test
    void withoutFiltersTheDistributionIsTheSoftmax() {
        Sampler.Distribution all = new Sampler(SAMPLING).distribution(logs(0.1, 0.6, 0.3));
        assertThat(all.ids()).containsExactly(0, 1, 2);
        assertThat(all.probabilities()).containsExactly(new double[] {0.1, 0.6, 0.3}, within(1e-6));
    }

    @Test
    void temperatureHalfSquaresTheProbabilities() {
        Sampler.Distribution all =
                new Sampler(SAMPLING.withTemperature(0.5)).distribution(logs(0.2, 0.8));
        assertThat(all.probabilities()).containsExactly(new double[] {0.04 / 0.68, 0.64 / 0.68}, within(1e-6));
    }

    @Test
    void topKKeepsTheKLikeliestAndRenormalises() {
        Sampler.Distribution kept =
                new Sampler(SAMPLING.withTopK(2)).distribution(logs(0.1, 0.5, 0.15, 0.25));
        assertThat(kept.ids()).containsExactly(1, 3);
        assertThat(kept.probabilities()).containsExactly(new double[] {2 / 3.0, 1 / 3.0}, within(1e-6));
    }

    @Test
    void topKKeepsAllThatEqualTheKthAsTransformersDoes() {
        assertThat(new Sampler(SAMPLING.withTopK(2))
                        .distribution(new float[] {1, 3, 2, 2})
                        .ids())
                .containsExactly(1, 2, 3);
    }

    @Test
    void topPKeepsTheTokenThatCrossesTheBorder() {
        Sampler.Distribution kept =
                new Sampler(SAMPLING.withTopP(0.7)).distribution(logs(0.1, 0.6, 0.25, 0.05));
        assertThat(kept.ids()).containsExactly(1, 2);
        assertThat(kept.probabilities()).containsExactly(new double[] {0.6 / 0.85, 0.25 / 0.85}, within(1e-6));
    }

    @Test
    void topPKeepsAtLeastOneToken() {
        assertThat(new Sampler(SAMPLING.withTopP(1e-9)).distribution(logs(0.4, 0.6)).ids())
                .containsExactly(1);
    }

    @Test
    void topPActsOnWhatTopKLeaves() {
        // of 0.4, 0.3, 0.2, 0.1 top-k leaves 4/7 and 3/7; the first alone reaches 0.5, but not of the whole
        assertThat(new Sampler(SAMPLING.withTopK(2).withTopP(0.5))
                        .distribution(logs(0.4, 0.3, 0.2, 0.1))
                        .ids())
                .containsExactly(0);
    }

    @Test
    void greedyTakesTheFirstOfEqualLogits() {
        assertThat(new Sampler(SamplingSettings.GREEDY).choose(new float[] {1, 2, 2}, 0))
                .isEqualTo(1);
    }

    @Test
    void aNanIsAnErrorThatNamesTheToken() {
        assertThatThrownBy(() -> new Sampler(SAMPLING).choose(new float[] {1, Float.NaN}, 0))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("token 1 is NaN");
    }

    @Test
    void drawsFollowTheDistributionAndDependOnSeedAndPositionAlone() {
        Sampler sampler = new Sampler(SAMPLING.withSeed(11));
        int[] counts = new int[3];
        int draws = 20_000;
        for (int position = 0; position < draws; position++) {
            int drawn = sampler.choose(logs(0.2, 0.5, 0.3), position);
            assertThat(new Sampler(SAMPLING.withSeed(11)).choose(logs(0.2, 0.5, 0.3), position))
                    .isEqualTo(drawn);
            counts[drawn]++;
        }
        assertThat(counts[0] / (double) draws).isCloseTo(0.2, within(0.015));
        assertThat(counts[1] / (double) draws).isCloseTo(0.5, within(0.015));
        assertThat(counts[2] / (double) draws).isCloseTo(0.3, within(0.015));
    }

    @Property(tries = 300)
    void topPKeepsTheSmallestSetThatReachesTheSum(
            @ForAll @Size(min = 1, max = 60) @FloatRange(min = -20, max = 20) float[] logits,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double topP) {
        double[] all = new Sampler(SAMPLING).distribution(logits.clone()).probabilities();
        Sampler.Distribution kept =
                new Sampler(SAMPLING.withTopP(topP)).distribution(logits.clone());
        double[] falling = Arrays.stream(all).map(p -> -p).sorted().map(p -> -p).toArray();
        int size = 0;
        for (double sum = 0; size < falling.length && (size == 0 || sum < topP); size++) {
            sum += falling[size];
        }
        assertThat(kept.ids()).hasSize(size).isSorted();
        double least = Arrays.stream(kept.ids()).mapToDouble(id -> all[id]).min().orElseThrow();
        double mostOfRest = IntStream.range(0, all.length)
                .filter(id -> Arrays.binarySearch(kept.ids(), id) < 0)
                .mapToDouble(id -> all[id])
                .max()
                .orElse(0);
        assertThat(least).isGreaterThanOrEqualTo(mostOfRest);
        assertThat(Arrays.stream(kept.probabilities()).sum()).isCloseTo(1, within(1e-9));
        double share = Arrays.stream(kept.ids()).mapToDouble(id -> all[id]).sum();
        assertThat(kept.probabilities()[0]).isCloseTo(all[kept.ids()[0]] / share, within(1e-9));
    }
}

package org.bayling.corpus.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ApportionmentTest {
    private static final long MANY = Long.MAX_VALUE / 8;

    @Test
    void theLargestRemaindersGetWhatIsLeft() {
        // 10 x (0.5, 0.33, 0.17) = 5, 3.3, 1.7
        assertThat(parts(10, 50, 33, 17)).containsExactly(5, 3, 2);
        // 7 / 3 each: equal remainders go by place
        assertThat(parts(7, 1, 1, 1)).containsExactly(3, 2, 2);
        assertThat(parts(0, 1, 2)).containsExactly(0, 0);
    }

    @Test
    void whatACapTakesAwayGoesToTheOthersByWeight() {
        // 100 by 60 : 30 : 10, the first capped at 20: 80 by 30 : 10.
        assertThat(Apportionment.of(new double[] {60, 30, 10}, new long[3], new long[] {20, MANY, MANY}, 100))
                .containsExactly(20, 60, 20);
        // The second is then beyond its cap of 50: 30 to the last.
        assertThat(Apportionment.of(new double[] {60, 30, 10}, new long[3], new long[] {20, 50, MANY}, 100))
                .containsExactly(20, 50, 30);
    }

    @Test
    void whatAMinimumNeedsComesFromTheOthersByWeight() {
        // 100 by 60 : 30 : 10, the last at least 28: 72 by 60 : 30.
        assertThat(Apportionment.of(new double[] {60, 30, 10}, new long[] {0, 0, 28}, new long[] {MANY, MANY, MANY}, 100))
                .containsExactly(48, 24, 28);
    }

    @Test
    void aTotalThatCannotBeIsRefused() {
        assertThatThrownBy(() -> Apportionment.of(new double[] {1, 1}, new long[2], new long[] {3, 4}, 8))
                .hasMessageContaining("8 is not between 0 and 7");
        assertThatThrownBy(() -> Apportionment.of(new double[] {1, 1}, new long[] {3, 4}, new long[] {9, 9}, 6))
                .hasMessageContaining("6 is not between 7 and 18");
    }

    /** One division. */
    record Case(double[] weights, long[] minimum, long[] maximum, long total) {
        @Override
        public String toString() {
            return Arrays.toString(weights) + Arrays.toString(minimum) + Arrays.toString(maximum) + total;
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<List<double[]>> parts = Combinators.combine(
                        Arbitraries.doubles().ofScale(6).between(1e-6, 1e6),
                        Arbitraries.longs().between(0, 500),
                        Arbitraries.longs().between(0, 5000))
                .as((weight, least, more) -> new double[] {weight, least, least + more})
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
        return Combinators.combine(parts, Arbitraries.doubles().between(0, 1)).as((list, where) -> {
            long[] minimum = list.stream().mapToLong(part -> (long) part[1]).toArray();
            long[] maximum = list.stream().mapToLong(part -> (long) part[2]).toArray();
            long least = Arrays.stream(minimum).sum();
            long most = Arrays.stream(maximum).sum();
            double[] weights = list.stream().mapToDouble(part -> part[0]).toArray();
            return new Case(weights, minimum, maximum, least + Math.round(where * (most - least)));
        });
    }

    @Property(tries = 500)
    void partsAddUpStayWithinTheirBoundsAndWithinOneOfTheExactShare(@ForAll("cases") Case c) {
        long[] parts = Apportionment.of(c.weights, c.minimum, c.maximum, c.total);
        double[] exact = Apportionment.exact(c.weights, c.minimum, c.maximum, c.total);

        assertThat(Arrays.stream(parts).sum()).isEqualTo(c.total);
        double factor = Double.NaN;
        for (int i = 0; i < parts.length; i++) {
            assertThat(parts[i]).isBetween(c.minimum[i], c.maximum[i]);
            assertThat((double) parts[i]).isCloseTo(exact[i], within(1 + 1e-6));
            if (exact[i] > c.minimum[i] + 1e-6 && exact[i] < c.maximum[i] - 1e-6) {
                double own = exact[i] / c.weights[i];
                assertThat(own).isCloseTo(Double.isNaN(factor) ? own : factor, within(1e-6 * own));
                factor = own;
            }
        }
        for (int i = 0; i < parts.length && !Double.isNaN(factor); i++) {
            // Those at a bound would be beyond it.
            assertThat(Math.max(c.minimum[i], Math.min(c.maximum[i], factor * c.weights[i])))
                    .isCloseTo(exact[i], within(1e-5 * (1 + exact[i])));
        }
    }

    private static long[] parts(long total, double... weights) {
        long[] maximum = new long[weights.length];
        Arrays.fill(maximum, MANY);
        return Apportionment.of(weights, new long[weights.length], maximum, total);
    }
}

package org.bayling.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class DataOrderTest {

    @Property(tries = 200)
    void everyEpochIsAPermutationWithItsInverse(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int size, @ForAll @LongRange(max = 9) long epoch) {
        DataOrder order = new DataOrder(seed, size);
        BitSet seen = new BitSet(size);
        for (int i = 0; i < size; i++) {
            long value = order.at(epoch, i);
            seen.set((int) value);
            assertThat(order.indexOf(epoch, value)).isEqualTo(i);
        }
        assertThat(seen.cardinality()).isEqualTo(size);
    }

    @Property(tries = 200)
    void hugeOrdersAreInvertibleToo(@ForAll long seed, @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long size) {
        DataOrder order = new DataOrder(seed, size);
        for (long index : new long[] {0, size / 2, size - 1}) {
            assertThat(order.at(3, index)).isBetween(0L, size - 1);
            assertThat(order.indexOf(3, order.at(3, index))).isEqualTo(index);
        }
    }

    @Example
    void seedsAndEpochsGiveOtherOrdersAndNeighboursAreParted() {
        DataOrder order = new DataOrder(1, 1000);
        int sameEpoch = 0;
        int sameSeed = 0;
        int neighbours = 0;
        for (int i = 0; i < 999; i++) {
            sameEpoch += order.at(0, i) == order.at(1, i) ? 1 : 0;
            sameSeed += order.at(0, i) == new DataOrder(2, 1000).at(0, i) ? 1 : 0;
            neighbours += Math.abs(order.at(0, i) - order.at(0, i + 1)) == 1 ? 1 : 0;
        }
        // Of two random orders one place in 1000 agrees on average; two neighbours in 1000 places stay neighbours.
        assertThat(sameEpoch).isLessThan(10);
        assertThat(sameSeed).isLessThan(10);
        assertThat(neighbours).isLessThan(12);
    }
}

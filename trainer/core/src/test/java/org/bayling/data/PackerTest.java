package org.bayling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PackerTest {

    @Property
    void everySampleIsInOneRowAndNoRowIsOverfull(
            @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 64) Integer> lengths) {
        int[] array = lengths.stream().mapToInt(i -> i).toArray();
        int[] seen = new int[array.length];
        int[][] rows = new Packer(64).pack(array);
        long total = 0;
        for (int[] row : rows) {
            int room = 64;
            for (int sample : row) {
                seen[sample]++;
                room -= array[sample];
                total += array[sample];
            }
            assertThat(room).isNotNegative();
        }
        if (array.length > 0) {
            assertThat(seen).containsOnly(1);
            // No two rows could be one: best fit leaves at most one row less than half full.
            assertThat((long) rows.length).isLessThanOrEqualTo(2 * total / 64 + 1);
        }
    }

    @Example
    void theTightestRowIsTaken() {
        assertThat(new Packer(10).pack(new int[] {4, 3, 7, 6})).isDeepEqualTo(new int[][] {{1, 2}, {0, 3}});
    }

    @Example
    void sampleLongerThanARowIsRefused() {
        assertThatThrownBy(() -> new Packer(10).pack(new int[] {11})).hasMessageContaining("11").hasMessageContaining("10");
    }
}

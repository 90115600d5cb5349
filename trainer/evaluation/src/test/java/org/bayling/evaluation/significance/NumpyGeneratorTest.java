package org.bayling.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Numbers printed by NumPy's default_rng(12345). */
class NumpyGeneratorTest {
    private final NumpyGenerator random = new NumpyGenerator(12345);

    @Test
    void wordsAreNumpys() {
        assertThat(LongStream.generate(random::next64).limit(4).mapToObj(Long::toUnsignedString))
                .containsExactly(
                        "4193609425186963869", "5843160025838961886", "14708796524633321433", "12474696839993944336");
    }

    @Test
    void choicesAreNumpys() {
        int[] row = new int[8];
        random.choose(1984, row);
        assertThat(row).containsExactly(1387, 451, 1564, 628, 405, 1581, 1275, 1341);
        random.choose(1984, row);
        assertThat(row).containsExactly(1961, 775, 1665, 660, 1125, 1187, 422, 370);
        int[] small = new int[12];
        new NumpyGenerator(12345).choose(10, small);
        assertThat(small).containsExactly(6, 2, 7, 3, 2, 7, 6, 6, 9, 3, 8, 3);
    }

    @Test
    void coinsAreNumpysAndGoOnFromCallToCall() {
        boolean[] coins = new boolean[16];
        random.flip(coins);
        boolean[] halves = new boolean[8];
        NumpyGenerator again = new NumpyGenerator(12345);
        int[] expected = {1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1};
        for (int i = 0; i < 16; i++) {
            if (i % 8 == 0) {
                again.flip(halves);
            }
            assertThat(coins[i]).as("coin " + i).isEqualTo(expected[i] == 1);
            assertThat(halves[i % 8]).as("coin " + i).isEqualTo(coins[i]);
        }
    }

    @Test
    void oneThingToChooseFromTakesNoRandomNumber() {
        int[] only = {5, 5};
        random.choose(1, only);
        assertThat(only).containsExactly(0, 0);
        assertThat(Long.toUnsignedString(random.next64())).isEqualTo("4193609425186963869");
    }

    @Test
    void aNegativeSeedIsRefused() {
        assertThatThrownBy(() -> new NumpyGenerator(-1)).hasMessageContaining("-1");
    }
}

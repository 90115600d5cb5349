package org.bayling.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class McNemarTest {
    @Test
    void thePValueIsTwiceTheBinomialTail() {
        // (1 + 10) / 1024 on each side; (1 + 5) / 32 on each side
        assertThat(McNemar.pValue(1, 9)).isCloseTo(22.0 / 1024, within(1e-15));
        assertThat(McNemar.pValue(9, 1)).isCloseTo(22.0 / 1024, within(1e-15));
        assertThat(McNemar.pValue(4, 1)).isCloseTo(12.0 / 32, within(1e-15));
    }

    @Test
    void systemsThatDifferNowhereOrAlikeGetOne() {
        assertThat(McNemar.pValue(0, 0)).isEqualTo(1);
        assertThat(McNemar.pValue(7, 7)).isEqualTo(1);
    }

    @Test
    void manyQuestionsNeitherOverflowNorVanish() {
        assertThat(McNemar.pValue(5000, 5200)).isBetween(0.04, 0.06);
        assertThat(McNemar.pValue(0, 20000)).isZero();
    }
}

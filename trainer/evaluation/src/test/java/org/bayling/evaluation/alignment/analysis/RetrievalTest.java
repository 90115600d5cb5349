package org.bayling.evaluation.alignment.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RetrievalTest {
    /** Row 0 finds column 0, row 1 does not find column 1; column 0 finds row 1 and column 1 finds row 0, both wrong. */
    @Test
    void theTwoDirectionsAreCountedApart() {
        Retrieval retrieval = Retrieval.of(new double[][] {{0.90, 0.80}, {0.95, 0.10}});
        assertThat(retrieval.toColumns()).isEqualTo(0.5);
        assertThat(retrieval.toRows()).isZero();
        assertThat(retrieval.pairs()).isCloseTo(0.5, within(1e-15));
        assertThat(retrieval.others()).isCloseTo(0.875, within(1e-15));
    }

    @Test
    void ofEqualCosinesTheFirstIsTheNearest() {
        Retrieval retrieval = Retrieval.of(new double[][] {{0.5, 0.5}, {0.5, 0.5}});
        assertThat(retrieval.toColumns()).isEqualTo(0.5);
        assertThat(retrieval.toRows()).isEqualTo(0.5);
    }
}

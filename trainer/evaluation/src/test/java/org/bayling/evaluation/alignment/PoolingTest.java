package org.bayling.evaluation.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolingTest {
    /** Four tokens of two numbers; the sentence is the second to the fourth, after a BOS of great length. */
    private static final float[] HIDDEN = {900, 900, 1, 2, 3, 4, 8, 12};

    @Test
    void theMeanIsOfTheSentencesOwnTokens() {
        assertThat(pooled(Pooling.MEAN)).containsExactly(0, 4, 6);
    }

    @Test
    void theLastTokenIsTheSentences() {
        assertThat(pooled(Pooling.LAST)).containsExactly(0, 8, 12);
    }

    private static float[] pooled(Pooling pooling) {
        float[] vectors = new float[3];
        pooling.pool(HIDDEN, 1, 4, 2, vectors, 1);
        return vectors;
    }
}

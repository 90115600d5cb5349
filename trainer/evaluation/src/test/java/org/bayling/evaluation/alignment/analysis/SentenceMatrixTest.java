package org.bayling.evaluation.alignment.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.bayling.evaluation.alignment.Scores;
import org.junit.jupiter.api.Test;

/** CKA, cosines and retrieval against values computed by hand, and against what is known of CKA. */
class SentenceMatrixTest {
    private static final double EXACT = 1e-12;
    private static final double ROUNDING = 1e-9;

    /** Rows (1,0), (0,1), (-1,-1): their mean is 0. */
    private static final double[] X = {1, 0, 0, 1, -1, -1};
    /** Rows (2), (-1), (-1): their mean is 0. */
    private static final double[] Y = {2, -1, -1};
    /** Rows (2,0), (-1,1), (-1,-1): their mean is 0. */
    private static final double[] P = {2, 0, -1, 1, -1, -1};

    /**
     * X'X = [[2,1],[1,2]], so ||X'X|| = sqrt(4+1+1+4) = sqrt(10). Y'Y = 4+1+1 = 6. X'Y = [2+0+1, 0-1+1] = [3,0], so
     * ||X'Y||² = 9. CKA = 9 / (sqrt(10) 6).
     */
    private static final double CKA_BY_HAND = 9 / (Math.sqrt(10) * 6);

    @Test
    void ckaEqualsTheValueComputedByHand() {
        assertThat(cka(X, 2, Y, 1)).isCloseTo(CKA_BY_HAND, within(EXACT));
    }

    @Test
    void ckaIsTheSameFromKernelsWhichAreTakenWhereSentencesAreFewerThanDimensions() {
        assertThat(cka(widened(X, 2, 5), 5, widened(Y, 1, 4), 4)).isCloseTo(CKA_BY_HAND, within(EXACT));
        assertThat(cka(X, 2, widened(Y, 1, 4), 4)).as("one of each").isCloseTo(CKA_BY_HAND, within(EXACT));
    }

    @Test
    void whatALanguageHasInCommonDoesNotCount() {
        double[] moved = {101, -7, 100, -6, 99, -8}; // X + (100, -7)
        assertThat(cka(moved, 2, Y, 1)).isCloseTo(CKA_BY_HAND, within(EXACT));
    }

    @Test
    void vectorsWithoutVarianceHaveNoAlignment() {
        assertThat(cka(new double[] {4, 4, 4}, 1, Y, 1)).isZero();
    }

    /**
     * Cosines of the rows of X with those of P, s = 1/sqrt(2): (1, -s, -s), (0, s, -s), (-s, 0, 1). Pairs are on the
     * diagonal: (1+s+1)/3; the six others sum to -4s. The greatest of each row and column is on the diagonal.
     */
    @Test
    void cosinesAndRetrievalEqualTheValuesComputedByHand() {
        Scores scores = scores(X, P);
        double s = Math.sqrt(0.5);
        assertThat(scores.cosinePairs()).isCloseTo((2 + s) / 3, within(EXACT));
        assertThat(scores.cosineOthers()).isCloseTo(-4 * s / 6, within(EXACT));
        assertThat(scores.toPivot()).isEqualTo(1);
        assertThat(scores.fromPivot()).isEqualTo(1);
    }

    /** With P's last two rows exchanged: (1, -s, -s), (0, -s, s), (-s, 1, 0). Only the first sentence is found. */
    @Test
    void exchangedTranslationsAreNotFound() {
        double s = Math.sqrt(0.5);
        Scores scores = scores(X, new double[] {2, 0, -1, -1, -1, 1});
        assertThat(scores.cosinePairs()).isCloseTo((1 - s) / 3, within(EXACT));
        assertThat(scores.toPivot()).isCloseTo(1.0 / 3, within(EXACT));
        assertThat(scores.fromPivot()).isCloseTo(1.0 / 3, within(EXACT));
    }

    /** A row of zeros after centring has no direction. */
    @Test
    void aVectorInTheMiddleIsNearNone() {
        double[] middle = {1, 0, 0, 0, -1, 0};
        try (SentenceMatrix x = matrix(middle, 2);
                SentenceMatrix p = matrix(P, 2)) {
            assertThat(x.cosines(p)[1]).containsExactly(0, 0, 0);
        }
    }

    @Property(tries = 60)
    void ckaStaysUnderRotationAndScalingAndIsOneWithItself(
            @ForAll @IntRange(min = 3, max = 9) int sentences,
            @ForAll @IntRange(min = 1, max = 12) int size,
            @ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = normal(random, sentences * size);
        double[] y = normal(random, sentences * 4);
        double[] turned = reflected(x, size, normal(random, size));
        double[] scaled = Arrays.stream(turned).map(value -> value * 37.5).toArray();
        double plain = cka(x, size, y, 4, sentences);
        assertThat(plain).isBetween(-ROUNDING, 1 + ROUNDING);
        assertThat(cka(scaled, size, y, 4, sentences)).isCloseTo(plain, within(ROUNDING));
        assertThat(cka(y, 4, scaled, size, sentences)).isCloseTo(plain, within(ROUNDING));
        assertThat(cka(x, size, scaled, size, sentences)).isCloseTo(1, within(ROUNDING));
    }

    /** Each row times I - 2vv'/v'v, which is orthogonal. */
    private static double[] reflected(double[] x, int size, double[] v) {
        double length = Arrays.stream(v).map(value -> value * value).sum();
        double[] y = x.clone();
        for (int from = 0; from < x.length; from += size) {
            double along = 0;
            for (int j = 0; j < size; j++) {
                along += x[from + j] * v[j];
            }
            for (int j = 0; j < size; j++) {
                y[from + j] -= 2 * along / length * v[j];
            }
        }
        return y;
    }

    private static double[] normal(SplittableRandom random, int count) {
        return random.doubles(count, -1, 1).toArray();
    }

    /** With columns of zeros at the end of each row. */
    private static double[] widened(double[] values, int size, int wide) {
        double[] more = new double[values.length / size * wide];
        for (int i = 0; i < values.length; i++) {
            more[i / size * wide + i % size] = values[i];
        }
        return more;
    }

    private static double cka(double[] x, int xSize, double[] y, int ySize) {
        return cka(x, xSize, y, ySize, 3);
    }

    private static double cka(double[] x, int xSize, double[] y, int ySize, int sentences) {
        try (SentenceMatrix mine = SentenceMatrix.centred(x, sentences, xSize, new double[xSize]);
                SentenceMatrix other = SentenceMatrix.centred(y, sentences, ySize, new double[ySize])) {
            return mine.cka(other);
        }
    }

    private static Scores scores(double[] x, double[] pivot) {
        try (SentenceMatrix mine = matrix(x, 2);
                SentenceMatrix other = matrix(pivot, 2)) {
            return mine.scores(other);
        }
    }

    private static SentenceMatrix matrix(double[] values, int size) {
        return SentenceMatrix.centred(values, values.length / size, size, new double[size]);
    }
}

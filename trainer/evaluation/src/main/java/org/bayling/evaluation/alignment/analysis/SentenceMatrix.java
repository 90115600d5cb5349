package org.bayling.evaluation.alignment.analysis;

import org.bayling.evaluation.alignment.Scores;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The sentence vectors X of one language, its mean taken away; fp64. Owns native memory; used by one thread.
 *
 * <p>CKA needs ||X'Y||², which is also the inner product of XX' and YY'. The smaller of the two matrices is formed.
 */
final class SentenceMatrix implements AutoCloseable {
    private final INDArray centred;
    private final INDArray unit;
    private final INDArray kernel;
    private final double norm;

    private SentenceMatrix(INDArray centred, INDArray unit) {
        this.centred = centred;
        this.unit = unit;
        this.kernel = centred.rows() <= centred.columns() ? product(centred, centred) : centred;
        this.norm = Math.sqrt(squaredCross(this));
    }

    /**
     * Centres vectors.
     *
     * @param values [sentences, size]
     * @param mean gets the mean vector [size]
     */
    static SentenceMatrix centred(double[] values, int sentences, int size, double[] mean) {
        double[] centred = values.clone();
        for (int j = 0; j < size; j++) {
            double sum = 0;
            for (int i = j; i < centred.length; i += size) {
                sum += centred[i];
            }
            mean[j] = sum / sentences;
            for (int i = j; i < centred.length; i += size) {
                centred[i] -= mean[j];
            }
        }
        return new SentenceMatrix(matrix(centred, sentences, size), matrix(unit(centred, size), sentences, size));
    }

    /** Each row by its length; a row without length stays. */
    private static double[] unit(double[] rows, int size) {
        double[] unit = rows.clone();
        for (int from = 0; from < rows.length; from += size) {
            double squares = 0;
            for (int i = from; i < from + size; i++) {
                squares += rows[i] * rows[i];
            }
            double length = squares == 0 ? 1 : Math.sqrt(squares);
            for (int i = from; i < from + size; i++) {
                unit[i] /= length;
            }
        }
        return unit;
    }

    private static INDArray matrix(double[] values, int rows, int columns) {
        return Nd4j.create(values, new long[] {rows, columns}, 'c');
    }

    /** XY', [rows of X, rows of Y]. */
    private static INDArray product(INDArray x, INDArray y) {
        return x.mmul(y.transpose());
    }

    /** XX', a matrix of the caller's. */
    INDArray gram() {
        return product(centred, centred);
    }

    /** All scores with a pivot's matrix of as many sentences. */
    Scores scores(SentenceMatrix pivot) {
        Retrieval retrieval = Retrieval.of(cosines(pivot));
        return new Scores(
                cka(pivot), retrieval.pairs(), retrieval.others(), retrieval.toColumns(), retrieval.toRows());
    }

    /** Linear CKA; 0 where one of the two has no variance. */
    double cka(SentenceMatrix other) {
        double norms = norm * other.norm;
        return norms == 0 ? 0 : squaredCross(other) / norms;
    }

    /** ||X'Y||², Frobenius. */
    private double squaredCross(SentenceMatrix other) {
        if (kernel != centred && other.kernel != other.centred) {
            try (INDArray products = kernel.mul(other.kernel)) {
                return products.sumNumber().doubleValue();
            }
        }
        try (INDArray cross = centred.transpose().mmul(other.centred)) {
            double root = cross.norm2Number().doubleValue();
            return root * root;
        }
    }

    /** Cosines of all pairs [sentences][sentences of the other]; 0 for a vector without length. */
    double[][] cosines(SentenceMatrix other) {
        try (INDArray cosines = product(unit, other.unit);
                INDArray byRows = cosines.dup('c')) {
            double[] flat = byRows.data().asDouble();
            double[][] rows = new double[unit.rows()][other.unit.rows()];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(flat, i * rows[i].length, rows[i], 0, rows[i].length);
            }
            return rows;
        }
    }

    @Override
    public void close() {
        if (kernel != centred) {
            kernel.close();
        }
        unit.close();
        centred.close();
    }
}

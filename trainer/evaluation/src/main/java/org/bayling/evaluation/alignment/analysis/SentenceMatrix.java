package org.bayling.evaluation.alignment.analysis;

import org.bayling.evaluation.alignment.Scores;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The sentence vectors of one language, its mean taken away; fp64. Owns native memory; used by one thread.
 *
 * <p>CKA needs ||X'Y||², which is also the inner product of XX' and YY'. The smaller of the two matrices is formed.
 */
final class SentenceMatrix implements AutoCloseable {
    private final INDArray centred;
    private final INDArray kernel;
    private final double norm;

    private SentenceMatrix(INDArray centred) {
        this.centred = centred;
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
            for (int i = 0; i < sentences; i++) {
                sum += values[i * size + j];
            }
            mean[j] = sum / sentences;
            for (int i = 0; i < sentences; i++) {
                centred[i * size + j] -= mean[j];
            }
        }
        return new SentenceMatrix(matrix(centred, sentences, size));
    }

    static INDArray matrix(double[] values, int rows, int columns) {
        return Nd4j.createFromArray(values).castTo(DataType.DOUBLE).reshape('c', rows, columns);
    }

    /** XY', [rows of X, rows of Y]. */
    static INDArray product(INDArray x, INDArray y) {
        return x.mmul(y.transpose());
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

    /** Cosines of all pairs [sentences, sentences]; 0 for a vector without length. */
    double[][] cosines(SentenceMatrix other) {
        try (INDArray mine = unit();
                INDArray others = other.unit();
                INDArray cosines = product(mine, others)) {
            return cosines.toDoubleMatrix();
        }
    }

    /** XX', a matrix of its own. */
    INDArray gram() {
        return product(centred, centred);
    }

    private INDArray unit() {
        INDArray lengths = centred.norm2(1);
        for (int i = 0; i < centred.rows(); i++) {
            if (lengths.getDouble(i) == 0) {
                lengths.putScalar(i, 1);
            }
        }
        return centred.divColumnVector(lengths);
    }

    @Override
    public void close() {
        if (kernel != centred) {
            kernel.close();
        }
        if (centred.closeable()) {
            centred.close();
        }
    }
}

package org.bayling.evaluation.alignment.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bayling.evaluation.alignment.AlignmentResult.Point;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;

/**
 * Languages in the plane: the first two principal components of their mean vectors. On each axis the language farthest
 * from the middle, the first of equals, is on the positive side.
 *
 * @param places of the languages
 * @param explained share of the variance that each axis shows
 */
record LanguageMap(List<Point> places, Point explained) {

    /** @param means [languages][size], of two languages at least */
    static LanguageMap of(double[][] means) {
        int languages = means.length;
        int size = means[0].length;
        double[] flat = Arrays.stream(means).flatMapToDouble(Arrays::stream).toArray();
        double[][] vectors;
        double[] values;
        // From the smaller matrix: the components' scores are the eigenvectors of XX', by the roots of their values.
        try (SentenceMatrix matrix = SentenceMatrix.centred(flat, languages, size, new double[size]);
                INDArray gram = matrix.gram()) {
            values = Eigen.symmetricGeneralizedEigenvalues(gram, true).toDoubleVector();
            vectors = gram.toDoubleMatrix();
        }
        double[] variances = Arrays.stream(values).map(value -> Math.max(0, value)).toArray();
        double[] x = axis(variances, vectors, languages - 1);
        double[] y = axis(variances, vectors, languages - 2);
        List<Point> places = new ArrayList<>();
        for (int l = 0; l < languages; l++) {
            places.add(new Point(x[l], y[l]));
        }
        double sum = Arrays.stream(variances).sum();
        double all = sum == 0 ? 1 : sum;
        return new LanguageMap(places, new Point(variances[languages - 1] / all, variances[languages - 2] / all));
    }

    /** Scores on one component; eigenvalues ascend. */
    private static double[] axis(double[] variances, double[][] vectors, int component) {
        double root = Math.sqrt(variances[component]);
        double[] axis = new double[vectors.length];
        double farthest = 0;
        for (int l = 0; l < axis.length; l++) {
            axis[l] = vectors[l][component] * root;
            farthest = Math.abs(axis[l]) > Math.abs(farthest) ? axis[l] : farthest;
        }
        for (int l = 0; l < axis.length && farthest < 0; l++) {
            axis[l] = -axis[l];
        }
        return axis;
    }
}

package org.bayling.evaluation.alignment.analysis;

import java.util.ArrayList;
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

    /** @param means [languages][size] */
    static LanguageMap of(double[][] means) {
        int languages = means.length;
        int size = means[0].length;
        double[] flat = new double[languages * size];
        for (int l = 0; l < languages; l++) {
            System.arraycopy(means[l], 0, flat, l * size, size);
        }
        double[] middle = new double[size];
        double[][] vectors;
        double[] values;
        double trace = 0;
        // From the smaller matrix: the components' scores are the eigenvectors of XX', by the roots of their values.
        try (SentenceMatrix matrix = SentenceMatrix.centred(flat, languages, size, middle);
                INDArray gram = matrix.gram()) {
            INDArray eigenvalues = Eigen.symmetricGeneralizedEigenvalues(gram, true);
            values = eigenvalues.toDoubleVector();
            vectors = gram.toDoubleMatrix();
        }
        for (double value : values) {
            trace += Math.max(0, value);
        }
        double[] x = axis(values, vectors, languages - 1);
        double[] y = languages > 1 ? axis(values, vectors, languages - 2) : new double[languages];
        List<Point> places = new ArrayList<>();
        for (int l = 0; l < languages; l++) {
            places.add(new Point(x[l], y[l]));
        }
        double all = trace == 0 ? 1 : trace;
        double second = languages > 1 ? Math.max(0, values[languages - 2]) : 0;
        return new LanguageMap(places, new Point(Math.max(0, values[languages - 1]) / all, second / all));
    }

    /** Scores on one component; eigenvalues ascend. */
    private static double[] axis(double[] values, double[][] vectors, int component) {
        double root = Math.sqrt(Math.max(0, values[component]));
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

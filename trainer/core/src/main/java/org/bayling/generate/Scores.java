package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.bayling.numeric.TensorShape;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * Scores of the next token of several sequences, [rows, V], where the kernels are: only what is chosen comes over.
 * Belongs to the scope that it was made with.
 */
final class Scores {
    private final Kernels kernels;
    private final HostTransfer transfer;
    private final TensorScope scope;
    private final NDArray tensor;
    private final int vocabulary;

    Scores(Kernels kernels, TensorScope scope, NDArray tensor) {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.scope = scope;
        this.tensor = tensor;
        this.vocabulary = Math.toIntExact(tensor.getShape().get(1));
    }

    int vocabulary() {
        return vocabulary;
    }

    /** As log-probabilities. */
    Scores logProbabilities() {
        return new Scores(kernels, scope, kernels.logSoftmax(scope, tensor));
    }

    /** Some rows, each as often as it is named. */
    Scores rows(int[] rows) {
        return new Scores(kernels, scope, kernels.selectRows(scope, tensor, transfer.ids(scope, rows)));
    }

    /** Divides positive and multiplies negative scores; places are row x V + id. */
    void penalise(int[] places, double penalty) {
        if (places.length > 0) {
            kernels.penalise(tensor, transfer.ids(scope, places), penalty);
        }
    }

    /** Sets scores to minus infinity; places are row x V + id. */
    void forbid(int[] places) {
        if (places.length > 0) {
            kernels.forbid(tensor, transfer.ids(scope, places));
        }
    }

    /**
     * The first of the highest scores of each row.
     *
     * @throws ArithmeticException when a score is NaN
     */
    int[] best() {
        NDArray[] found = kernels.best(scope, tensor);
        float[] values = transfer.toFloats(found[0]);
        LongBuffer ids = transfer.view(found[1]).asLongBuffer();
        int[] best = new int[values.length];
        for (int row = 0; row < best.length; row++) {
            best[row] = (int) ids.get(row);
            if (Float.isNaN(values[row])) {
                throw nan(best[row]);
            }
        }
        return best;
    }

    /** A row on the host; the caller's own. */
    float[] row(int row) {
        float[] scores = new float[vocabulary];
        FloatBuffer all = transfer.view(tensor).asFloatBuffer();
        all.position(row * vocabulary).get(scores);
        return scores;
    }

    /**
     * Continuations of beams.
     *
     * @param sum log-probability of the whole beam, falling from one to the next
     * @param beam row within its search
     * @param id next token
     */
    record Candidate(float sum, int beam, int id) {}

    /**
     * The likeliest continuations of searches of {@code beams} rows each.
     *
     * @param soFar log-probabilities of the rows so far
     * @return for each search {@code k} of them, the best first
     * @throws ArithmeticException when a score is NaN
     */
    Candidate[][] bestBeams(float[] soFar, int beams, int k) {
        NDArray sums = transfer.floats(scope, TensorShape.of(soFar.length), soFar);
        NDArray[] found = kernels.bestBeams(scope, tensor, sums, beams, k);
        float[] values = transfer.toFloats(found[0]);
        LongBuffer places = transfer.view(found[1]).asLongBuffer();
        Candidate[][] best = new Candidate[soFar.length / beams][k];
        for (int i = 0; i < values.length; i++) {
            int place = (int) places.get(i);
            if (Float.isNaN(values[i])) {
                throw nan(place % vocabulary);
            }
            best[i / k][i % k] = new Candidate(values[i], place / vocabulary, place % vocabulary);
        }
        return best;
    }

    static ArithmeticException nan(int id) {
        return new ArithmeticException("the model's score of token " + id
                + " is NaN: its weights are damaged, or it was saved after its training diverged");
    }
}

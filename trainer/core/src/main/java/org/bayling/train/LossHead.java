package org.bayling.train;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Optional;
import org.bayling.data.Batch;
import org.bayling.model.LlamaModel;
import org.bayling.optim.GradientBuffer;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * Final norm, output head and cross-entropy, over trained positions only and in chunks: a [tokens, vocabulary] tensor
 * never exists.
 */
final class LossHead {
    /** Logits of one chunk, bytes. */
    static final long CHUNK_BYTES = 48L << 20;

    private final Kernels kernels;
    private final HostTransfer transfer;
    private final LlamaModel model;
    private final long chunk;

    LossHead(Kernels kernels, LlamaModel model) {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.model = model;
        this.chunk = Math.max(32, CHUNK_BYTES / (4 * model.config().vocabSize()) / 32 * 32);
    }

    /**
     * Losses of a row.
     *
     * @param positions of the trained tokens, ascending
     * @param losses cross-entropy of each, nats
     * @param gradient dL/d output [T, H] of the loss sum; empty in evaluation
     */
    record Result(int[] positions, float[] losses, Optional<NDArray> gradient) {}

    /**
     * Runs the head on the last layer's output [T, H]; T may be more than there are labels, which trains nothing.
     *
     * @param gradients where the head's and the norm's gradients are added; empty evaluates only
     * @param lossScale factor of the gradients
     */
    Result run(TensorScope owner, NDArray output, int[] labels, Optional<GradientBuffer> gradients, double lossScale) {
        int[] positions = trainedPositions(labels);
        if (positions.length == 0) {
            return new Result(positions, new float[0], Optional.empty());
        }
        int[] targets = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            targets[i] = labels[positions[i]];
        }
        try (TensorScope scope = owner.child()) {
            NDArray rows = transfer.ids(scope, positions);
            NDArray[] result = losses(scope, output, rows, targets, gradients, lossScale);
            Optional<NDArray> gradient = gradients.isPresent()
                    ? Optional.of(kernels.scatterRows(owner, result[1], rows, output.getShape().get(0)))
                    : Optional.empty();
            return new Result(positions, transfer.toFloats(result[0]), gradient);
        }
    }

    /**
     * Cross-entropy of targets that follow rows of the last layer's output, nats; a row may be asked for several times.
     */
    float[] losses(TensorScope owner, NDArray output, int[] positions, int[] targets) {
        if (positions.length == 0) {
            return new float[0];
        }
        try (TensorScope scope = owner.child()) {
            NDArray rows = transfer.ids(scope, positions);
            return transfer.toFloats(losses(scope, output, rows, targets, Optional.empty(), 1)[0]);
        }
    }

    /** The losses [rows] and, with gradients, that of their sum [rows, H]. */
    private NDArray[] losses(
            TensorScope scope,
            NDArray output,
            NDArray rows,
            int[] targets,
            Optional<GradientBuffer> gradients,
            double lossScale) {
        return kernels.headLoss(
                scope,
                kernels.selectRows(scope, output, rows),
                transfer.ids(scope, targets),
                model.norm().tensor(),
                model.head().tensor(),
                model.precision().product(),
                model.config().rmsNormEps(),
                chunk,
                gradients.isPresent(),
                lossScale,
                gradients.map(buffer -> buffer.of(model.norm())).orElse(kernels.none()),
                gradients.map(buffer -> buffer.of(model.head())).orElse(kernels.none()));
    }

    private static int[] trainedPositions(int[] labels) {
        int[] positions = new int[labels.length];
        int count = 0;
        for (int t = 0; t < labels.length; t++) {
            if (labels[t] != Batch.UNTRAINED) {
                positions[count++] = t;
            }
        }
        return Arrays.copyOf(positions, count);
    }
}

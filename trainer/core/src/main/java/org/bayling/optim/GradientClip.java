package org.bayling.optim;

import ai.djl.ndarray.NDArray;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * Scales a step's gradients: first by a factor (one over the trained tokens), then down to a global norm, as {@code
 * torch.nn.utils.clip_grad_norm_} does, in one pass over the buffers.
 */
public final class GradientClip {
    private static final double EPSILON = 1e-6; // of clip_grad_norm_

    private final Kernels kernels;
    private final HostTransfer transfer;
    private final double maxNorm;

    /**
     * A clip to this norm.
     *
     * @param maxNorm 0 never clips
     */
    public GradientClip(Kernels kernels, double maxNorm) {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.maxNorm = maxNorm;
    }

    /**
     * The global norm of {@code factor} times the gradients. When it is finite, they are scaled and clipped in place;
     * else they are left alone and the caller skips the step.
     */
    public double apply(NDArray[] gradients, double factor) {
        double norm = norm(gradients) * factor;
        if (Double.isFinite(norm)) {
            double clip = maxNorm > 0 ? Math.min(1, maxNorm / (norm + EPSILON)) : 1;
            kernels.scale(gradients, factor * clip);
        }
        return norm;
    }

    private double norm(NDArray[] gradients) {
        try (TensorScope scope = kernels.scope()) {
            double squares = 0;
            for (float norm : transfer.toFloats(kernels.norms(scope, gradients))) {
                squares += (double) norm * norm;
            }
            return Math.sqrt(squares);
        }
    }
}

package org.bayling.train;

import org.bayling.model.LlamaModel;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * Cross-entropy of chosen tokens after documents, as training computes it, without gradients or noise. Confined to the
 * kernels' thread; owns nothing.
 */
public final class TokenLosses {
    private final Kernels kernels;
    private final LayerwiseBackprop layers;
    private final LossHead head;

    public TokenLosses(Kernels kernels, LlamaModel model) {
        this.kernels = kernels;
        this.layers = new LayerwiseBackprop(kernels, model, 0);
        this.head = new LossHead(kernels, model);
    }

    /**
     * Losses of a row of documents that do not see each other.
     *
     * @param tokens ids of all documents, one after the other [T]
     * @param starts first token of each document, and T at the end
     * @param positions in {@code tokens} after which a target stands; the same may come several times [N]
     * @param targets ids that follow there [N]
     * @return −ln p of each target, nats [N]
     */
    public float[] of(int[] tokens, int[] starts, int[] positions, int[] targets) {
        try (TensorScope scope = kernels.scope()) {
            LayerwiseBackprop.Pass pass = layers.forward(scope, tokens, starts, LayerwiseBackprop.Noise.NONE, false);
            return head.losses(scope, pass.output(), positions, targets);
        }
    }
}

package org.bayling.train;

import ai.djl.ndarray.NDArray;
import org.bayling.model.LlamaModel;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * What each layer makes of documents, as training computes it, without gradients or noise. Confined to the kernels'
 * thread; owns nothing.
 */
public final class HiddenStates {
    private final Kernels kernels;
    private final HostTransfer transfer;
    private final LlamaModel model;
    private final LayerwiseBackprop layers;

    public HiddenStates(Kernels kernels, LlamaModel model) {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.model = model;
        this.layers = new LayerwiseBackprop(kernels, model, 0);
    }

    /** Takes the states of one layer after the other. */
    @FunctionalInterface
    public interface Taker {
        /**
         * @param layer 0 for the embedding, 1 for the first decoder layer, ..., {@link #count} - 1 for the final norm
         * @param hidden fp32 [T, H], token after token
         */
        void accept(int layer, float[] hidden);
    }

    /** How many states a token has: embedding, decoder layers, final norm. */
    public int count() {
        return model.layers().size() + 2;
    }

    /**
     * States of a row of documents that do not see each other.
     *
     * @param tokens ids of all documents, one after the other [T]
     * @param starts first token of each document, and T at the end
     */
    public void of(int[] tokens, int[] starts, Taker taker) {
        try (TensorScope scope = kernels.scope()) {
            LayerwiseBackprop.Pass pass = layers.forward(
                    scope,
                    tokens,
                    starts,
                    LayerwiseBackprop.Noise.NONE,
                    false,
                    (layer, hidden) -> taker.accept(layer, floats(hidden, tokens.length)));
            NDArray normalised = kernels.rmsNorm(
                    scope, pass.output(), model.norm().tensor(), model.config().rmsNormEps());
            taker.accept(count() - 1, floats(normalised, tokens.length));
        }
    }

    /** Without the row's filling. */
    private float[] floats(NDArray hidden, int tokens) {
        try (TensorScope scope = kernels.scope()) {
            return transfer.toFloats(kernels.narrow(scope, hidden, 0, 0, tokens));
        }
    }
}

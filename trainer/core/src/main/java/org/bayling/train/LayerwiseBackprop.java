package org.bayling.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bayling.model.LlamaModel;
import org.bayling.model.RopeTable;
import org.bayling.numeric.DType;
import org.bayling.numeric.Rng;
import org.bayling.optim.GradientBuffer;
import org.bayling.tensor.AdapterDropout;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.Row;
import org.bayling.tensor.TensorScope;

/**
 * A row of documents through the layers, and its gradient back through them.
 *
 * <p>The first {@code recomputed} layers keep only their input on the way forward and are computed again on the way back
 * (Chen et al. 2016). Nothing is computed below the lowest layer that is trained.
 */
final class LayerwiseBackprop {
    private static final int PROJECTIONS = 7;

    private final Kernels kernels;
    private final HostTransfer transfer;
    private final LlamaModel model;
    private final RopeTable rope;
    private final int recomputed;
    private final int lowestTrained;
    private final boolean embeddingTrained;

    LayerwiseBackprop(Kernels kernels, LlamaModel model, int recomputed) {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.model = model;
        this.rope = new RopeTable(kernels, model.config());
        this.recomputed = recomputed;
        this.embeddingTrained = model.embedding().trained();
        this.lowestTrained = lowestTrained(model);
    }

    /**
     * Randomness of one row: masks and noise are drawn from these numbers alone.
     *
     * @param dropout probability in front of the adapters
     * @param neftuneAlpha NEFTune's alpha, 0 is off
     * @param seed of this row
     */
    record Noise(double dropout, double neftuneAlpha, long seed) {
        static final Noise NONE = new Noise(0, 0, 0);

        AdapterDropout layer(int index) {
            long[] seeds = new long[PROJECTIONS];
            for (int i = 0; i < PROJECTIONS; i++) {
                seeds[i] = Rng.mix(seed, index, i) & Long.MAX_VALUE;
            }
            return new AdapterDropout(dropout, seeds);
        }
    }

    /**
     * What the backward pass needs of a row; tensors belong to the scope it was made in.
     *
     * @param ids of the row's tokens and its filling
     * @param inputs of each layer [T, H], filling included, and the last layer's output at the end
     * @param saved what each layer's forward kernel kept; empty where it is computed again
     */
    record Pass(NDArray ids, Row row, Noise noise, List<NDArray> inputs, List<Optional<NDArray[]>> saved) {
        NDArray output() {
            return inputs.get(inputs.size() - 1);
        }
    }

    /** Is shown what each layer makes of a row, [T, H] and filling: the embedding as 0, then the decoder layers. */
    @FunctionalInterface
    interface Onlooker {
        void see(int layer, NDArray hidden);
    }

    /**
     * Embedding and all layers.
     *
     * @param owner of everything that the pass keeps
     * @param keep false for evaluation: nothing but the output is kept
     */
    Pass forward(TensorScope owner, int[] tokens, int[] starts, Noise noise, boolean keep) {
        return forward(owner, tokens, starts, noise, keep, (layer, hidden) -> {});
    }

    /** The same under somebody's eyes; what is shown is valid during the call only. */
    Pass forward(TensorScope owner, int[] tokens, int[] starts, Noise noise, boolean keep, Onlooker onlooker) {
        int length = rowLength(tokens.length);
        NDArray ids = transfer.ids(owner, Arrays.copyOf(tokens, length));
        Row row = rope.row(owner, length == tokens.length ? starts : withEnd(starts, length));
        NDArray x = kernels.embed(owner, ids, model.embedding().tensor());
        if (noise.neftuneAlpha() > 0) {
            kernels.neftune(x, row.starts(), noise.neftuneAlpha(), Rng.mix(noise.seed(), -1));
        }
        List<NDArray> inputs = new ArrayList<>();
        List<Optional<NDArray[]>> saved = new ArrayList<>();
        inputs.add(x);
        onlooker.see(0, x);
        for (int i = 0; i < model.layers().size(); i++) {
            NDArray input = inputs.get(inputs.size() - 1);
            boolean whole = keep && i >= recomputed && i >= lowestTrained;
            if (whole) {
                NDArray[] kept = layerForward(owner, i, input, row, noise);
                saved.add(Optional.of(kept));
                inputs.add(kept[0]);
                onlooker.see(i + 1, kept[0]);
                continue;
            }
            try (TensorScope scope = owner.child()) {
                inputs.add(owner.keep(layerForward(scope, i, input, row, noise)[0]));
            }
            saved.add(Optional.empty());
            onlooker.see(i + 1, inputs.get(i + 1));
            if (!keep || i < lowestTrained) {
                input.close();
            }
        }
        return new Pass(ids, row, noise, inputs, saved);
    }

    /**
     * Adds the gradients of all trained parameters below the head.
     *
     * @param owner of the gradients that travel from layer to layer
     * @param g dL/d output [T, H]; closed here
     */
    void backward(TensorScope owner, Pass pass, NDArray g, GradientBuffer gradients) {
        NDArray gradient = g;
        for (int i = model.layers().size() - 1; i >= lowestTrained; i--) {
            try (TensorScope scope = owner.child()) {
                NDArray input = pass.inputs().get(i);
                int index = i;
                NDArray[] saved = pass.saved()
                        .get(i)
                        .orElseGet(() -> layerForward(scope, index, input, pass.row(), pass.noise()));
                NDArray below = kernels.layerBackward(
                        scope,
                        gradient,
                        input,
                        saved,
                        pass.row(),
                        model.tensors(i),
                        pass.noise().layer(i),
                        model.config().rmsNormEps(),
                        i > lowestTrained || embeddingTrained,
                        gradients.layer(i));
                gradient.close();
                gradient = owner.keep(below);
            }
            release(pass, i);
        }
        if (embeddingTrained) {
            kernels.embedBackward(
                    gradient, pass.ids(), model.config().padTokenId(), gradients.of(model.embedding()));
        }
        gradient.close();
    }

    private NDArray[] layerForward(TensorScope owner, int index, NDArray input, Row row, Noise noise) {
        return kernels.layerForward(
                owner,
                input,
                row,
                model.tensors(index),
                noise.layer(index),
                model.config().headDim(),
                model.config().rmsNormEps());
    }

    /** A layer's memory is given back as soon as its gradient is done. */
    private static void release(Pass pass, int layer) {
        pass.saved().get(layer).ifPresent(kept -> {
            for (NDArray tensor : kept) {
                tensor.close();
            }
        });
        pass.inputs().get(layer + 1).close();
    }

    /**
     * Tokens of a row with its filling. oneDNN, which runs the reduced products, keeps code for every row length that it
     * meets (0.6 MB a product): rounded up to three binary digits, there are few lengths to meet. The filling is a
     * document of its own that trains nothing; fp32 rows need none.
     */
    private int rowLength(int tokens) {
        if (model.precision().product() == DType.F32) {
            return tokens;
        }
        int step = Math.max(8, Integer.highestOneBit(tokens) / 8);
        return (tokens + step - 1) / step * step;
    }

    private static int[] withEnd(int[] starts, int length) {
        int[] longer = Arrays.copyOf(starts, starts.length + 1);
        longer[starts.length] = length;
        return longer;
    }

    private static int lowestTrained(LlamaModel model) {
        if (model.embedding().trained()) {
            return 0;
        }
        for (int i = 0; i < model.layers().size(); i++) {
            if (model.layers().get(i).trained()) {
                return i;
            }
        }
        return model.layers().size();
    }
}

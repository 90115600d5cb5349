package org.bayling.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.NativeOps;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/**
 * The program's kernels, one typed method each; the formulas stand in {@code kernels/*.py}.
 *
 * <p>Results belong to the scope that is named first. Gradients are made by hand-written backward kernels, so autograd
 * is off. Confined to the thread that opened it (libtorch itself uses several). {@link EngineException} carries the
 * kernel's line when a shape or dtype is wrong.
 */
public final class Kernels implements AutoCloseable {
    private final PtNDManager root;
    private final PtSymbolBlock module;
    private final NDArray none;
    private final boolean packs;

    private Kernels(PtNDManager root, PtSymbolBlock module) {
        this.root = root;
        this.module = module;
        TensorScope constants = new TensorScope(root);
        this.none = zeros(constants, TensorShape.of(0), DType.F32);
        this.packs = one(constants, "can_pack").getFloat() > 0;
    }

    /**
     * Starts libtorch on this thread and loads the kernels.
     *
     * @param threads of the CPU; empty takes libtorch's default, one a core
     * @throws NativeLibraryException when the native libraries can't be loaded
     */
    public static Kernels open(OptionalInt threads) throws IOException {
        PtNDManager root;
        try {
            Engine.getEngine("PyTorch");
            JniUtils.setGraphExecutorOptimize(false); // the profiling executor is slower here and merges in-place targets
            JniUtils.setGradMode(false);
            threads.ifPresent(JniUtils::setNumThreads);
            root = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
        } catch (EngineException | LinkageError e) {
            throw new NativeLibraryException(e);
        }
        return new Kernels(root, load(root));
    }

    /** With packed products, unless this libtorch does not know them. */
    private static PtSymbolBlock load(PtNDManager root) throws IOException {
        try {
            return load(root, true);
        } catch (EngineException noMkl) {
            return load(root, false);
        }
    }

    private static PtSymbolBlock load(PtNDManager root, boolean packed) throws IOException {
        return JniUtils.loadModule(root, new ByteArrayInputStream(KernelArchive.build(packed)), false, false);
    }

    /** A scope of its own; the caller closes it. */
    public TensorScope scope() {
        return new TensorScope((PtNDManager) root.newSubManager());
    }

    /** The empty tensor that stands for an absent one; owned by these kernels. */
    public NDArray none() {
        return none;
    }

    // ---------------------------------------------------------------- storage

    public NDArray empty(TensorScope owner, TensorShape shape, DType dtype) {
        return one(owner, "empty", shape.toArray(), dtype.torchCode());
    }

    public NDArray zeros(TensorScope owner, TensorShape shape, DType dtype) {
        return one(owner, "zeros", shape.toArray(), dtype.torchCode());
    }

    /** A tensor of these sizes without memory of its own: only its sizes may be used. */
    public NDArray placeholder(TensorScope owner, TensorShape shape, DType dtype) {
        return one(owner, "placeholder", shape.toArray(), dtype.torchCode());
    }

    /** A copy in another dtype (also in the same one). */
    public NDArray convert(TensorScope owner, NDArray x, DType dtype) {
        return one(owner, "convert", x, dtype.torchCode());
    }

    /** Writes {@code x} over {@code into}, converting the dtype. */
    public void copy(NDArray into, NDArray x) {
        run("copy", into, x);
    }

    /** Writes each tensor over its partner, converting dtypes. */
    public void copyAll(NDArray[] into, NDArray[] x) {
        if (into.length > 0) {
            run("copy_all", into, x);
        }
    }

    /** A view of part of a dimension. */
    public NDArray narrow(TensorScope owner, NDArray x, int dimension, long start, long length) {
        return one(owner, "narrow", x, dimension, start, length);
    }

    public NDArray selectRows(TensorScope owner, NDArray x, NDArray rows) {
        return one(owner, "select_rows", x, rows);
    }

    /** {@code g} [rows, H] put at these rows of zeros [tokens, H]. */
    public NDArray scatterRows(TensorScope owner, NDArray g, NDArray rows, long tokens) {
        return one(owner, "scatter_rows", g, rows, tokens);
    }

    /** Normal draws with mean 0, fp32, a function of the seed alone. */
    public NDArray normal(TensorScope owner, TensorShape shape, double standardDeviation, long seed) {
        return one(owner, "normal", shape.toArray(), standardDeviation, torchSeed(seed));
    }

    /** Uniform draws in [-bound, bound), fp32, a function of the seed alone. */
    public NDArray uniform(TensorScope owner, TensorShape shape, double bound, long seed) {
        return one(owner, "uniform", shape.toArray(), bound, torchSeed(seed));
    }

    /** W + s B A in fp32 [out, in]; with a magnitude its rows are scaled as DoRA does. */
    public NDArray merged(
            TensorScope owner, NDArray weight, NDArray loraA, NDArray loraB, NDArray magnitude, double scale) {
        return one(owner, "merged", weight, loraA, loraB, magnitude, scale);
    }

    /** Row norms of W + s B A [out]: what DoRA's magnitude starts from. */
    public NDArray doraNorm(TensorScope owner, NDArray weight, NDArray loraA, NDArray loraB, double scale) {
        return one(owner, "dora_norm", weight, loraA, loraB, scale);
    }

    /** Whether a tensor is free of NaN and infinity. */
    public boolean isFinite(NDArray x) {
        try (TensorScope scope = scope()) {
            return Float.isFinite(one(scope, "sum", x).getFloat());
        }
    }

    // ---------------------------------------------------------------- rotary positions

    /** theta^(-2i/D) in fp32 [D/2]. */
    public NDArray inverseFrequencies(TensorScope owner, double theta, long headDim) {
        return one(owner, "inverse_frequencies", theta, headDim);
    }

    /** Cosines and sines [T, 1, D] of positions [T]. */
    public NDArray[] ropeTables(TensorScope owner, NDArray positions, NDArray inverseFrequencies, double factor) {
        return many(owner, "rope_tables", positions, inverseFrequencies, factor);
    }

    // ---------------------------------------------------------------- the model

    /** Rows of the embedding table as fp32 [T, H]. */
    public NDArray embed(TensorScope owner, NDArray ids, NDArray table) {
        return one(owner, "embed", ids, table);
    }

    /** Adds the gradient of the embedding to its buffer, but for the padding token's row; {@code padding} may be -1. */
    public void embedBackward(NDArray g, NDArray ids, long padding, NDArray tableGradient) {
        run("embed_backward", g, ids, padding, tableGradient);
    }

    /** Adds NEFTune's noise to embedded documents, in place. */
    public void neftune(NDArray x, long[] starts, double alpha, long seed) {
        run("neftune", x, starts, alpha, torchSeed(seed));
    }

    /** LlamaRMSNorm in fp32. */
    public NDArray rmsNorm(TensorScope owner, NDArray x, NDArray weight, double eps) {
        return one(owner, "rms_norm", x, weight, eps);
    }

    /**
     * One layer forward: [0] is its output [T, H], the rest is what {@link #layerBackward} wants.
     *
     * @param x fp32 [T, H]
     */
    public NDArray[] layerForward(
            TensorScope owner,
            NDArray x,
            Row row,
            LayerTensors layer,
            AdapterDropout dropout,
            long headDim,
            double eps) {
        return many(
                owner,
                "layer_forward",
                x,
                row.cos(),
                row.sin(),
                row.starts(),
                layer.norm(),
                layer.weight(),
                layer.bias(),
                layer.loraA(),
                layer.loraB(),
                layer.magnitude(),
                layer.scale(),
                dropout.probability(),
                dropout.seeds(),
                headDim,
                eps);
    }

    /**
     * One layer backward: adds the parameter gradients to {@code gradients} and returns dL/dx [T, H], an empty tensor
     * when {@code needInput} is false.
     *
     * @param g dL/dy, fp32 [T, H]
     * @param x the layer's input
     * @param saved what {@link #layerForward} returned
     */
    public NDArray layerBackward(
            TensorScope owner,
            NDArray g,
            NDArray x,
            NDArray[] saved,
            Row row,
            LayerTensors layer,
            AdapterDropout dropout,
            double eps,
            boolean needInput,
            LayerGradients gradients) {
        return one(
                owner,
                "layer_backward",
                g,
                x,
                Arrays.copyOfRange(saved, 1, saved.length),
                row.cos(),
                row.sin(),
                row.starts(),
                layer.norm(),
                layer.weight(),
                layer.loraA(),
                layer.loraB(),
                layer.scale(),
                dropout.probability(),
                dropout.seeds(),
                eps,
                needInput,
                gradients.norm(),
                gradients.weight(),
                gradients.bias(),
                gradients.loraA(),
                gradients.loraB(),
                gradients.magnitude());
    }

    // ---------------------------------------------------------------- generation

    /** Rows of the embedding table as fp32 [T, H]. */
    public NDArray decodeEmbed(TensorScope owner, long[] ids, NDArray table) {
        return one(owner, "decode_embed", ids, table);
    }

    /** Whether {@link #pack} works here: libtorch has MKL. */
    public boolean canPack() {
        return packs;
    }

    /** Weights [out, in], joined below each other, as fp32 in a layout of MKL's own; only for products. */
    public NDArray pack(TensorScope owner, NDArray... parts) {
        return one(owner, "pack", (Object) parts);
    }

    /**
     * Layers for generation: tokens of several sequences, each continuing its own slot of the caches, which this
     * extends. A row's result does not depend on the other rows, if there are at least as many rows as
     * {@link DecoderWeights#rows} says.
     *
     * @param x fp32 [T, H]; rows behind the tokens fill up
     * @param rows positions of the rows
     * @param spans what attention runs over: first row, first slot, sequences, rows of each, length; and so on
     * @param positions of the tokens, int64 [R]
     * @param at the same as slot x capacity + position
     * @param cache of each layer
     */
    public NDArray decodeLayers(
            TensorScope owner,
            NDArray x,
            Row rows,
            long[] spans,
            NDArray positions,
            NDArray at,
            LayerCache cache,
            DecoderWeights weights,
            long heads,
            double eps) {
        return one(
                owner,
                "decode_layers",
                x,
                rows.cos(),
                rows.sin(),
                spans,
                positions,
                at,
                cache.keys(),
                cache.values(),
                weights.norm(),
                weights.packed(),
                weights.weight(),
                weights.bias(),
                weights.loraA(),
                weights.loraB(),
                weights.doraScale(),
                weights.scale(),
                heads,
                eps);
    }

    /**
     * Logits, fp32 [rows, V], of some rows of the last layer's output.
     *
     * @param packed the packed head, or none
     * @param head [V, H]; with a packed one only its sizes matter
     */
    public NDArray decodeLogits(
            TensorScope owner,
            NDArray x,
            long[] rows,
            NDArray norm,
            NDArray[] packed,
            NDArray head,
            DType product,
            double eps) {
        return one(owner, "decode_logits", x, rows, norm, packed, head, product.torchCode(), eps);
    }

    /** Writes positions {@code begin} to {@code end} of some slots over those of others, in all layers. */
    public void decodeCopy(LayerCache cache, long[] sources, long[] targets, long begin, long end) {
        run("decode_copy", cache.keys(), cache.values(), sources, targets, begin, end);
    }

    /** Fills positions {@code begin} to {@code end} of a slot with zeros, in all layers. */
    public void decodeClean(LayerCache cache, long slot, long begin, long end) {
        run("decode_clean", cache.keys(), cache.values(), slot, begin, end);
    }

    public NDArray logSoftmax(TensorScope owner, NDArray scores) {
        return one(owner, "decode_log_softmax", scores);
    }

    /** Divides positive and multiplies negative scores at these places of the flattened [R, V], in place. */
    public void penalise(NDArray scores, NDArray places, double penalty) {
        run("decode_penalise", scores, places, penalty);
    }

    /** Sets the scores at these places of the flattened [R, V] to minus infinity. */
    public void forbid(NDArray scores, NDArray places) {
        run("decode_forbid", scores, places);
    }

    /** The highest score [R] of each row of [R, V], and the first id that has it [R]. */
    public NDArray[] best(TensorScope owner, NDArray scores) {
        return many(owner, "decode_best", scores);
    }

    /**
     * The likeliest continuations of beams.
     *
     * @param scores log-probabilities [R, V], the {@code beams} rows of a search behind each other
     * @param soFar sums of the rows [R]
     * @return for each search the {@code k} highest sums, falling, and their places in its flattened rows:
     *     [R / beams, k]
     */
    public NDArray[] bestBeams(TensorScope owner, NDArray scores, NDArray soFar, long beams, long k) {
        return many(owner, "decode_beams", scores, soFar, beams, k);
    }

    // ---------------------------------------------------------------- the head

    /** Logits, fp32 [T, V], of normalised hidden states. */
    public NDArray logits(TensorScope owner, NDArray normalised, NDArray head, DType product) {
        return one(owner, "logits", normalised, head, product.torchCode());
    }

    /**
     * Cross-entropy of rows [rows, H] of the last layer's output, through the final norm and the head in chunks.
     *
     * @param labels int64 [rows]
     * @param product what products run in; the head is converted block by block where it is stored otherwise
     * @param chunk rows at a time
     * @param lossScale factor of all gradients, for fp16
     * @param normGradient buffer, or empty
     * @param headGradient buffer, or empty
     * @return the losses [rows] and, when wanted, the gradient of their sum [rows, H]
     */
    public NDArray[] headLoss(
            TensorScope owner,
            NDArray x,
            NDArray labels,
            NDArray norm,
            NDArray head,
            DType product,
            double eps,
            long chunk,
            boolean needGradient,
            double lossScale,
            NDArray normGradient,
            NDArray headGradient) {
        return many(
                owner,
                "head_loss",
                x,
                labels,
                norm,
                head,
                product.torchCode(),
                eps,
                chunk,
                needGradient,
                lossScale,
                normGradient,
                headGradient);
    }

    // ---------------------------------------------------------------- the optimizer

    /** L2 norm of each tensor, fp32 [n]. */
    public NDArray norms(TensorScope owner, NDArray[] tensors) {
        return one(owner, "norms", (Object) tensors);
    }

    /** Multiplies every tensor in place. */
    public void scale(NDArray[] tensors, double factor) {
        run("scale", tensors, factor);
    }

    /** Fills every tensor with zeros. */
    public void zero(NDArray[] tensors) {
        if (tensors.length > 0) {
            run("zero", (Object) tensors);
        }
    }

    /** One AdamW step in place; {@code steps} hold the number of this step, 1 for the first. All fp32. */
    public void adamw(
            NDArray[] parameters,
            NDArray[] gradients,
            NDArray[] expAvg,
            NDArray[] expAvgSq,
            NDArray[] steps,
            double learningRate,
            double beta1,
            double beta2,
            double weightDecay,
            double eps) {
        run("adamw", parameters, gradients, expAvg, expAvgSq, steps, learningRate, beta1, beta2, weightDecay, eps);
    }

    /** A matrix product forth and back, for measuring. */
    public NDArray product(TensorScope owner, NDArray x, NDArray w) {
        return one(owner, "product", x, w);
    }

    @Override
    public void close() {
        root.close();
    }

    // ---------------------------------------------------------------- calls

    private NDArray one(TensorScope owner, String kernel, Object... arguments) {
        return NativeOps.tensor(owner.manager(), module, kernel, asTorch(arguments));
    }

    private NDArray[] many(TensorScope owner, String kernel, Object... arguments) {
        return NativeOps.tensors(owner.manager(), module, kernel, asTorch(arguments));
    }

    private void run(String kernel, Object... arguments) {
        NativeOps.call(module, kernel, asTorch(arguments)).close();
    }

    /** Native calls take DJL's own array type for lists of tensors. */
    private static Object[] asTorch(Object[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof NDArray[] tensors && !(arguments[i] instanceof PtNDArray[])) {
                arguments[i] = Arrays.copyOf(tensors, tensors.length, PtNDArray[].class);
            }
        }
        return arguments;
    }

    /** torch.Generator reads its seed as unsigned; 63 bits say the same either way. */
    private static long torchSeed(long seed) {
        return seed & Long.MAX_VALUE;
    }
}

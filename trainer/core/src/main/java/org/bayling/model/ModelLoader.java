package org.bayling.model;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bayling.checkpoint.AdapterConfig;
import org.bayling.checkpoint.TensorStore;
import org.bayling.numeric.DType;
import org.bayling.numeric.Rng;
import org.bayling.numeric.TensorShape;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * Brings a model and its adapter from files into memory, checked name by name and shape by shape.
 *
 * <p>Frozen weights stay mapped when the file holds them as they are to be stored; the stores must stay open as long as
 * the model. Weights without a file (a model trained from scratch, a new adapter) are drawn from the seed and the
 * tensor's name.
 */
public final class ModelLoader {
    private static final String PEFT = "base_model.model.";

    private final Kernels kernels;
    private final HostTransfer transfer;
    private final LlamaConfig config;
    private final Optional<TensorStore> weights;
    private final Optional<AdapterConfig> adapter;
    private final Optional<TensorStore> adapterWeights;
    private final Trained trained;
    private final ModelPrecision precision;
    private final long seed;

    /** What the optimizer may change. */
    public enum Trained {
        /** Nothing: evaluation, generation. */
        NOTHING,
        /** The adapter and its {@code modules_to_save}. */
        ADAPTER,
        /** Every weight. */
        ALL
    }

    /**
     * A loader of one model.
     *
     * @param weights empty draws them
     * @param adapter its shape, if there is one
     * @param adapterWeights empty draws A, and B is zero
     * @param seed of what is drawn
     */
    public ModelLoader(
            Kernels kernels,
            LlamaConfig config,
            Optional<TensorStore> weights,
            Optional<AdapterConfig> adapter,
            Optional<TensorStore> adapterWeights,
            Trained trained,
            ModelPrecision precision,
            long seed) {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.config = config;
        this.weights = weights;
        this.adapter = adapter;
        this.adapterWeights = adapterWeights;
        this.trained = trained;
        this.precision = precision;
        this.seed = seed;
    }

    /**
     * Loads everything.
     *
     * @throws InvalidModelException for tensors that are missing, extra, of another shape or not finite
     */
    public LlamaModel load() throws IOException {
        weights.ifPresent(store -> ModelTensors.check(config, store));
        checkTie();
        checkModulesToSave();
        TensorScope scope = kernels.scope();
        try {
            Parameter embedding = base(scope, HfNames.EMBED_TOKENS, "weight", false);
            List<DecoderLayer> layers = new ArrayList<>();
            for (int i = 0; i < config.numHiddenLayers(); i++) {
                layers.add(layer(scope, i));
            }
            Parameter norm = base(scope, HfNames.NORM, "weight", true);
            Parameter head =
                    config.tieWordEmbeddings() ? embedding : base(scope, HfNames.LM_HEAD, "weight", false);
            return new LlamaModel(kernels, scope, config, precision, adapter, embedding, layers, norm, head);
        } catch (IOException | RuntimeException | Error problem) {
            scope.close();
            throw problem;
        }
    }

    private DecoderLayer layer(TensorScope scope, int index) throws IOException {
        List<LinearWeight> linears = new ArrayList<>();
        for (Projection projection : Projection.values()) {
            linears.add(linear(scope, projection.module(index), projection));
        }
        return new DecoderLayer(
                index,
                base(scope, HfNames.layer(index) + HfNames.INPUT_LAYERNORM, "weight", true),
                base(scope, HfNames.layer(index) + HfNames.POST_ATTENTION_LAYERNORM, "weight", true),
                linears);
    }

    private LinearWeight linear(TensorScope scope, String module, Projection projection) throws IOException {
        Optional<Parameter> bias = projection.hasBias(config)
                ? Optional.of(base(scope, module, "bias", true))
                : Optional.empty();
        LinearWeight.Dense dense = new LinearWeight.Dense(base(scope, module, "weight", false), bias);
        if (adapter.isEmpty() || !adapter.get().targets(module)) {
            return dense;
        }
        AdapterConfig shape = adapter.get();
        long rank = shape.rankOf(module);
        double scale = shape.scaleOf(module);
        TensorShape weight = dense.weight().shape();
        Parameter a = lora(scope, module, "lora_A", TensorShape.of(rank, weight.get(1)), name -> kernels.uniform(
                scope, TensorShape.of(rank, weight.get(1)), 1 / Math.sqrt(weight.get(1)), Rng.mix(seed, name.hashCode())));
        Parameter b = lora(scope, module, "lora_B", TensorShape.of(weight.get(0), rank), name -> kernels.zeros(
                scope, TensorShape.of(weight.get(0), rank), DType.F32));
        Optional<Parameter> magnitude = shape.useDora()
                ? Optional.of(lora(scope, module, "lora_magnitude_vector", TensorShape.of(weight.get(0)), name -> kernels
                        .doraNorm(scope, dense.weight().tensor(), a.tensor(), b.tensor(), scale)))
                : Optional.empty();
        return new LinearWeight.LoraLinear(dense, a, b, magnitude, scale);
    }

    private interface Draw {
        NDArray draw(String name);
    }

    private Parameter lora(TensorScope scope, String module, String part, TensorShape shape, Draw draw)
            throws IOException {
        String name = PEFT + module + "." + part + ".default.weight";
        String fileKey = PEFT + module + "." + part + (part.startsWith("lora_magnitude") ? "" : ".weight");
        NDArray tensor;
        if (adapterWeights.isPresent()) {
            ModelTensors.check(adapterWeights.get(), fileKey, shape);
            TensorStore store = adapterWeights.get();
            tensor = finite(store, fileKey, transfer.load(scope, store, fileKey, DType.F32));
        } else {
            tensor = draw.draw(name);
        }
        return new Parameter(name, fileKey, shape, DType.F32, tensor, Optional.empty(), trained != Trained.NOTHING);
    }

    /** A parameter of the model itself; small ones (norms, biases) are fp32 whatever the precision. */
    private Parameter base(TensorScope scope, String module, String kind, boolean small) throws IOException {
        String hfName = module + "." + kind;
        TensorShape shape = HfNames.tensors(config).get(hfName);
        boolean saved = kind.equals("weight") && adapter.isPresent() && adapter.get().saves(module);
        boolean changes = saved ? trained != Trained.NOTHING : trained == Trained.ALL;
        DType storage = small || saved && precision.storage() == DType.F32 ? DType.F32 : precision.storage();
        Optional<TensorStore> source = saved && adapterWeights.isPresent() ? adapterWeights : weights;
        String key = saved && adapterWeights.isPresent() ? PEFT + hfName : hfName;
        String name = saved ? PEFT + module + ".modules_to_save.default." + kind : hfName;

        NDArray tensor;
        if (source.isEmpty()) {
            tensor = drawn(scope, hfName, shape, storage);
        } else {
            TensorStore.Entry entry = source.get().entry(key);
            ModelTensors.check(source.get(), key, shape);
            if (!changes && storage == DType.F32 && !small && entry.plain() && entry.dtype().isFloating()) {
                storage = entry.dtype(); // a frozen matrix stays as the file has it
            }
            tensor = !changes && entry.dtype() == storage
                    ? transfer.mapped(scope, source.get(), key)
                    : transfer.load(scope, source.get(), key, storage);
            finite(source.get(), key, tensor);
        }
        Optional<NDArray> master = Optional.empty();
        if (changes && storage != DType.F32) {
            master = Optional.of(
                    source.isEmpty()
                            ? kernels.convert(scope, tensor, DType.F32)
                            : transfer.load(scope, source.get(), key, DType.F32));
        }
        return new Parameter(name, saved ? PEFT + hfName : hfName, shape, storage, tensor, master, changes);
    }

    /** Hugging Face's initialisation: norms one, biases zero, matrices normal. */
    private NDArray drawn(TensorScope scope, String name, TensorShape shape, DType storage) {
        if (name.endsWith(".bias")) {
            return kernels.zeros(scope, shape, DType.F32);
        }
        try (TensorScope inner = scope.child()) {
            NDArray values = name.endsWith("norm.weight")
                    ? transfer.floats(inner, shape, ones(shape))
                    : kernels.normal(inner, shape, config.initializerRange(), Rng.mix(seed, name.hashCode()));
            return kernels.convert(scope, values, storage);
        }
    }

    private static float[] ones(TensorShape shape) {
        float[] ones = new float[Math.toIntExact(shape.elements())];
        Arrays.fill(ones, 1);
        return ones;
    }

    private NDArray finite(TensorStore store, String name, NDArray tensor) {
        if (!kernels.isFinite(tensor)) {
            throw new InvalidModelException(store.fileOf(name) + ": tensor " + name + " holds NaN or infinity; the "
                    + "file is damaged or the model was saved after it diverged");
        }
        return tensor;
    }

    /** An adapter that is read brings its weights, and those are looked for by name; a new one would just lack them. */
    private void checkModulesToSave() {
        if (adapter.isEmpty() || adapterWeights.isPresent()) {
            return;
        }
        for (String saved : adapter.get().modulesToSave()) {
            AdapterConfig alone = adapter.get().withModulesToSave(List.of(saved));
            boolean named = HfNames.tensors(config).keySet().stream()
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .anyMatch(alone::saves);
            if (!named && !(config.tieWordEmbeddings() && alone.saves(HfNames.LM_HEAD))) {
                throw new InvalidModelException("modules_to_save: '" + saved + "' names no module of this model, which "
                        + "has " + HfNames.EMBED_TOKENS + ", " + HfNames.layer(0) + "self_attn.q_proj, ... "
                        + HfNames.layer(config.numHiddenLayers() - 1) + "mlp.down_proj, " + HfNames.NORM);
            }
        }
    }

    private void checkTie() throws IOException {
        if (!config.tieWordEmbeddings()) {
            return;
        }
        boolean embed = adapter.isPresent() && adapter.get().saves(HfNames.EMBED_TOKENS);
        boolean head = adapter.isPresent() && adapter.get().saves(HfNames.LM_HEAD);
        if (embed != head) {
            throw new InvalidModelException("this model ties lm_head to embed_tokens, so modules_to_save must name both "
                    + "or neither: with only '" + (embed ? "embed_tokens" : "lm_head") + "' the saved adapter would "
                    + "untie them");
        }
        String headName = HfNames.LM_HEAD + ".weight";
        if (weights.isPresent() && weights.get().names().contains(headName)) {
            TensorStore store = weights.get();
            if (!TensorEquality.equal(store, headName, HfNames.EMBED_TOKENS + ".weight")) {
                throw new InvalidModelException(store.path() + ": config.json ties lm_head.weight to "
                        + "model.embed_tokens.weight, but both are there and differ; set "
                        + "tie_word_embeddings to false or remove lm_head.weight");
            }
        }
    }
}

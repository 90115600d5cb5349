package org.bayling.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.bayling.checkpoint.AdapterConfig;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.LayerTensors;
import org.bayling.tensor.TensorScope;

/**
 * A Llama in memory: its parameters, in the order of its layers. Made by {@link ModelLoader}.
 *
 * <p>Owns its tensors. Matrices that are stored in another type than products run in are converted into one set of
 * buffers that all layers share, so {@link #tensors} of one layer holds only until the next layer is asked for.
 */
public final class LlamaModel implements AutoCloseable {
    private static final int PROJECTIONS = Projection.values().length;

    private final Kernels kernels;
    private final TensorScope scope;
    private final LlamaConfig config;
    private final ModelPrecision precision;
    private final Optional<AdapterConfig> adapter;
    private final Parameter embedding;
    private final List<DecoderLayer> layers;
    private final Parameter norm;
    private final Parameter head;
    private final ParameterSet parameters;
    private final LayerTensors[] layerTensors;
    private final NDArray[] widened = new NDArray[PROJECTIONS];
    private int widenedLayer = -1;

    LlamaModel(
            Kernels kernels,
            TensorScope scope,
            LlamaConfig config,
            ModelPrecision precision,
            Optional<AdapterConfig> adapter,
            Parameter embedding,
            List<DecoderLayer> layers,
            Parameter norm,
            Parameter head) {
        this.kernels = kernels;
        this.scope = scope;
        this.config = config;
        this.precision = precision;
        this.adapter = adapter;
        this.embedding = embedding;
        this.layers = List.copyOf(layers);
        this.norm = norm;
        this.head = head;
        this.parameters = ParameterSet.of(embedding, this.layers, norm, head);
        this.layerTensors = this.layers.stream().map(this::gather).toArray(LayerTensors[]::new);
    }

    public LlamaConfig config() {
        return config;
    }

    public ModelPrecision precision() {
        return precision;
    }

    /** The adapter on top, if any. */
    public Optional<AdapterConfig> adapter() {
        return adapter;
    }

    /** {@code model.embed_tokens.weight} [V, H]. */
    public Parameter embedding() {
        return embedding;
    }

    public List<DecoderLayer> layers() {
        return layers;
    }

    /** {@code model.norm.weight} [H]. */
    public Parameter norm() {
        return norm;
    }

    /** {@code lm_head.weight} [V, H]; the embedding itself when the two are tied. */
    public Parameter head() {
        return head;
    }

    /** All parameters, each once. */
    public ParameterSet parameters() {
        return parameters;
    }

    /** A layer's tensors, its matrices in the dtype that products run in; valid until another layer is asked for. */
    public LayerTensors tensors(int layer) {
        LayerTensors stored = layerTensors[layer];
        NDArray[] weight = new NDArray[PROJECTIONS];
        boolean convert = widenedLayer != layer;
        for (int i = 0; i < PROJECTIONS; i++) {
            Parameter parameter = layers.get(layer).linears().get(i).weight();
            weight[i] = parameter.dtype() == precision.product() ? stored.weight()[i] : widen(i, parameter, convert);
        }
        widenedLayer = layer;
        return new LayerTensors(
                stored.norm(),
                weight,
                stored.bias(),
                stored.loraA(),
                stored.loraB(),
                stored.magnitude(),
                stored.scale());
    }

    /** Forgets converted copies: to be called after the optimizer changed the weights. */
    public void weightsChanged() {
        widenedLayer = -1;
    }

    /** Tensors that live as long as the model; for tests against leaks. */
    public TensorScope scope() {
        return scope;
    }

    private NDArray widen(int slot, Parameter parameter, boolean convert) {
        if (widened[slot] == null) {
            widened[slot] = kernels.empty(scope, parameter.shape(), precision.product());
        }
        if (convert) {
            kernels.copy(widened[slot], parameter.tensor());
        }
        return widened[slot];
    }

    private LayerTensors gather(DecoderLayer layer) {
        NDArray none = kernels.none();
        NDArray[] weight = new NDArray[PROJECTIONS];
        NDArray[] bias = new NDArray[PROJECTIONS];
        NDArray[] a = new NDArray[PROJECTIONS];
        NDArray[] b = new NDArray[PROJECTIONS];
        NDArray[] magnitude = new NDArray[PROJECTIONS];
        double[] scale = new double[PROJECTIONS];
        for (int i = 0; i < PROJECTIONS; i++) {
            LinearWeight linear = layer.linears().get(i);
            weight[i] = linear.weight().tensor();
            bias[i] = linear.bias().map(Parameter::tensor).orElse(none);
            a[i] = none;
            b[i] = none;
            magnitude[i] = none;
            if (linear instanceof LinearWeight.LoraLinear lora) {
                a[i] = lora.a().tensor();
                b[i] = lora.b().tensor();
                magnitude[i] = lora.magnitude().map(Parameter::tensor).orElse(none);
                scale[i] = lora.scale();
            }
        }
        NDArray[] norms = {
            layer.inputLayernorm().tensor(), layer.postAttentionLayernorm().tensor()
        };
        return new LayerTensors(norms, weight, bias, a, b, magnitude, scale);
    }

    @Override
    public void close() {
        scope.close();
    }
}

package org.bayling.optim;

import ai.djl.ndarray.NDArray;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bayling.model.DecoderLayer;
import org.bayling.model.LinearWeight;
import org.bayling.model.LlamaModel;
import org.bayling.model.Parameter;
import org.bayling.numeric.DType;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.LayerGradients;
import org.bayling.tensor.TensorScope;

/**
 * The fp32 sum of gradients of every trained parameter over one optimizer step.
 *
 * <p>Backward kernels add into it in place. Owns its tensors.
 */
public final class GradientBuffer implements AutoCloseable {
    private final Kernels kernels;
    private final TensorScope scope;
    private final Map<Parameter, NDArray> buffers = new IdentityHashMap<>();
    private final NDArray[] inOrder;
    private final LayerGradients[] layers;

    public GradientBuffer(Kernels kernels, LlamaModel model) {
        this.kernels = kernels;
        this.scope = kernels.scope();
        List<Parameter> trained = model.parameters().trained();
        for (Parameter parameter : trained) {
            buffers.put(parameter, kernels.zeros(scope, parameter.shape(), DType.F32));
        }
        this.inOrder = trained.stream().map(buffers::get).toArray(NDArray[]::new);
        this.layers = model.layers().stream().map(this::gather).toArray(LayerGradients[]::new);
    }

    /** The buffer of a parameter; an empty tensor for a frozen one. */
    public NDArray of(Parameter parameter) {
        return buffers.getOrDefault(parameter, kernels.none());
    }

    /** The buffers of one layer as its backward kernel takes them. */
    public LayerGradients layer(int index) {
        return layers[index];
    }

    /** All buffers, in the order of {@code ParameterSet.trained()}. */
    public NDArray[] all() {
        return inOrder.clone();
    }

    /** Begins the next step. */
    public void zero() {
        kernels.zero(all());
    }

    private LayerGradients gather(DecoderLayer layer) {
        return new LayerGradients(
                new NDArray[] {of(layer.inputLayernorm()), of(layer.postAttentionLayernorm())},
                each(layer, linear -> Optional.of(linear.weight())),
                each(layer, LinearWeight::bias),
                each(layer, linear -> lora(linear).map(LinearWeight.LoraLinear::a)),
                each(layer, linear -> lora(linear).map(LinearWeight.LoraLinear::b)),
                each(layer, linear -> lora(linear).flatMap(LinearWeight.LoraLinear::magnitude)));
    }

    private NDArray[] each(DecoderLayer layer, Function<LinearWeight, Optional<Parameter>> part) {
        return layer.linears().stream()
                .map(linear -> part.apply(linear).map(this::of).orElse(kernels.none()))
                .toArray(NDArray[]::new);
    }

    private static Optional<LinearWeight.LoraLinear> lora(LinearWeight linear) {
        return linear instanceof LinearWeight.LoraLinear lora ? Optional.of(lora) : Optional.empty();
    }

    @Override
    public void close() {
        scope.close();
    }
}

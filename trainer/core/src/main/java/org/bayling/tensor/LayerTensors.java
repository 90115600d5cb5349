package org.bayling.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The tensors of one decoder layer as the kernels take them; absent ones are empty tensors, never null.
 *
 * <p>The seven projections lie in the order q, k, v, o, gate, up, down.
 *
 * @param norm input_layernorm and post_attention_layernorm, fp32 [H]
 * @param weight seven projections [out, in] in the dtype that products run in
 * @param bias seven, fp32 [out]
 * @param loraA seven, fp32 [r, in]
 * @param loraB seven, fp32 [out, r]
 * @param magnitude seven, fp32 [out]: DoRA
 * @param scale seven: alpha / r
 */
public record LayerTensors(
        NDArray[] norm,
        NDArray[] weight,
        NDArray[] bias,
        NDArray[] loraA,
        NDArray[] loraB,
        NDArray[] magnitude,
        double[] scale) {

    /** Several layers as one list of projections (seven a layer) and norms (two a layer), in order. */
    public static LayerTensors joined(List<LayerTensors> layers) {
        return new LayerTensors(
                join(layers, LayerTensors::norm),
                join(layers, LayerTensors::weight),
                join(layers, LayerTensors::bias),
                join(layers, LayerTensors::loraA),
                join(layers, LayerTensors::loraB),
                join(layers, LayerTensors::magnitude),
                layers.stream().flatMapToDouble(layer -> Arrays.stream(layer.scale())).toArray());
    }

    private static NDArray[] join(List<LayerTensors> layers, Function<LayerTensors, NDArray[]> part) {
        return layers.stream().flatMap(layer -> Arrays.stream(part.apply(layer))).toArray(NDArray[]::new);
    }
}

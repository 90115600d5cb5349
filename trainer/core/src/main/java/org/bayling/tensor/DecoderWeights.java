package org.bayling.tensor;

import ai.djl.ndarray.NDArray;

/**
 * What generation multiplies with in one or several layers; absent tensors are empty ones.
 *
 * <p>Either packed, with adapters merged: four products a layer (q, k and v below each other; o; gate and up; down). Or
 * as the model holds them: seven a layer, in the order of {@link LayerTensors}, with adapters beside them.
 *
 * @param norm two a layer, fp32 [H]
 * @param packed four a layer, from {@link Kernels#pack}; none at all when not packed
 * @param weight seven a layer [out, in]; when packed, four tensors of the packed sizes, without memory
 * @param bias as many as weights, fp32 [out]
 * @param loraA seven a layer, fp32 [r, in]; not when packed
 * @param loraB seven a layer, fp32 [out, r]; not when packed
 * @param doraScale seven a layer, magnitude / row norm, fp32 [out]; not when packed
 * @param scale seven a layer: alpha / r; not when packed
 */
public record DecoderWeights(
        NDArray[] norm,
        NDArray[] packed,
        NDArray[] weight,
        NDArray[] bias,
        NDArray[] loraA,
        NDArray[] loraB,
        NDArray[] doraScale,
        double[] scale) {

    private static final int PACKED_ROWS = 4;
    private static final int ROWS = 16;

    /** Rows that so many tokens must be filled up to, for each token to get the same whatever runs beside it. */
    public static int rows(boolean packed, int tokens) {
        return packed ? Math.max(tokens, PACKED_ROWS) : (tokens + ROWS - 1) / ROWS * ROWS;
    }
}

package org.bayling.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * Keys and values of layers, as the decoder's kernels take them.
 *
 * @param keys one a layer, [slots, capacity, kv heads, D]
 * @param values like the keys
 */
public record LayerCache(NDArray[] keys, NDArray[] values) {
    /** Those of some layers that follow each other. */
    public LayerCache layers(int first, int end) {
        return new LayerCache(Arrays.copyOfRange(keys, first, end), Arrays.copyOfRange(values, first, end));
    }
}

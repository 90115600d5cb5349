package org.bayling.tensor;

import ai.djl.ndarray.NDArray;

/**
 * Where a layer's backward pass adds its parameter gradients: fp32 buffers in the order of {@link LayerTensors}, empty
 * tensors for what is not trained.
 */
public record LayerGradients(
        NDArray[] norm, NDArray[] weight, NDArray[] bias, NDArray[] loraA, NDArray[] loraB, NDArray[] magnitude) {}

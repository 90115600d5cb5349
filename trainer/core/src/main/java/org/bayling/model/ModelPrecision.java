package org.bayling.model;

import org.bayling.numeric.DType;

/**
 * How a model's matrices are stored and multiplied. Norms, biases and adapters are always fp32.
 *
 * @param storage F32: trained matrices fp32, frozen ones as the file has them; BF16 or F16: all in that type, with an
 *     fp32 master beside each trained one
 * @param product what products run in; stored matrices of another type are converted layer by layer just before
 */
public record ModelPrecision(DType storage, DType product) {
    public static final ModelPrecision FP32 = new ModelPrecision(DType.F32, DType.F32);

    public ModelPrecision {
        if (storage == DType.F64 || product == DType.F64 || !storage.isFloating() || !product.isFloating()) {
            throw new IllegalArgumentException("storage and product are F32, BF16 or F16, got " + storage + ", " + product);
        }
    }
}

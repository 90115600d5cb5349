package org.bayling.tensor;

import ai.djl.ndarray.NDArray;

/**
 * What every layer is told of a row of tokens.
 *
 * @param cos fp32 [T, 1, D]
 * @param sin fp32 [T, 1, D]
 * @param starts first token of each document, and T at the end
 */
public record Row(NDArray cos, NDArray sin, long[] starts) {
    /** Tokens of the row. */
    public long tokens() {
        return starts[starts.length - 1];
    }
}

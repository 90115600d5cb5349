package org.bayling.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/**
 * How fast this machine multiplies in fp32 and in a 16-bit type. A CPU without bf16 instructions is up to 300 times
 * slower in bf16, one with AMX ten times faster; so the choice is measured, not assumed.
 *
 * @param type the 16-bit type
 * @param fp32 GFLOP/s, forward and backward product together
 * @param half GFLOP/s in that type
 */
public record ProductSpeed(DType type, double fp32, double half) {
    private static final int ROWS = 256;
    private static final int WIDTH = 1024;
    private static final int REPETITIONS = 5;
    /** A 16-bit product must be this much faster to be worth its rounding. */
    private static final double WORTH = 1.2;

    /** Measures for a fraction of a second. */
    public static ProductSpeed measure(Kernels kernels, DType type) {
        return new ProductSpeed(type, measureOne(kernels, DType.F32), measureOne(kernels, type));
    }

    /** What products should run in. */
    public DType choice() {
        return half > WORTH * fp32 ? type : DType.F32;
    }

    /** One line for the console. */
    public String reason() {
        return String.format(
                Locale.ROOT, "products in %s: measured %.0f GFLOP/s in fp32, %.0f in %s", choice().huggingFaceName(), fp32,
                half, type.huggingFaceName());
    }

    private static double measureOne(Kernels kernels, DType type) {
        try (TensorScope scope = kernels.scope()) {
            NDArray x = kernels.convert(scope, kernels.normal(scope, TensorShape.of(ROWS, WIDTH), 1, 1), type);
            NDArray w = kernels.convert(scope, kernels.normal(scope, TensorShape.of(WIDTH, WIDTH), 1, 2), type);
            double best = 0;
            for (int i = 0; i < REPETITIONS; i++) {
                long start = System.nanoTime();
                kernels.product(scope, x, w).close();
                double seconds = (System.nanoTime() - start) / 1e9;
                best = Math.max(best, 4.0 * ROWS * WIDTH * WIDTH / seconds / 1e9);
                if (seconds > 0.1) {
                    break; // slow enough to know
                }
            }
            return best;
        }
    }
}

package org.bayling.model;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.Row;
import org.bayling.tensor.TensorScope;

/**
 * Cosines and sines of rotary positions, in fp32 and in the order of operations of {@code modeling_rope_utils.py}.
 *
 * <p>The frequencies are computed once; only dynamic scaling computes them again for documents longer than the model
 * was trained on.
 */
public final class RopeTable {
    private final Kernels kernels;
    private final HostTransfer transfer;
    private final LlamaConfig config;
    private final float[] inverseFrequencies;
    private final double factor;

    public RopeTable(Kernels kernels, LlamaConfig config) {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.config = config;
        this.inverseFrequencies = scaled(plain(config.ropeTheta()));
        this.factor = config.ropeScaling() instanceof RopeScaling.Yarn yarn ? yarn.attentionFactor() : 1;
    }

    /** Tables of a row of documents whose positions restart; {@code starts} ends with the row's length. */
    public Row row(TensorScope owner, int[] starts) {
        int tokens = starts[starts.length - 1];
        int[] positions = new int[tokens];
        for (int d = 0; d + 1 < starts.length; d++) {
            for (int t = starts[d]; t < starts[d + 1]; t++) {
                positions[t] = t - starts[d];
            }
        }
        long[] borders = new long[starts.length];
        for (int d = 0; d < starts.length; d++) {
            borders[d] = starts[d];
        }
        if (config.ropeScaling() instanceof RopeScaling.Dynamic) {
            return dynamicRow(owner, positions, borders);
        }
        NDArray[] tables = tables(owner, positions, inverseFrequencies);
        return new Row(tables[0], tables[1], borders);
    }

    /**
     * Tables of positions {@code past} to {@code past + tokens} of one document of this length: by dynamic scaling the
     * length decides the frequencies.
     */
    public Row continuation(TensorScope owner, int past, int tokens, int length) {
        int[] positions = new int[tokens];
        for (int t = 0; t < tokens; t++) {
            positions[t] = past + t;
        }
        NDArray[] tables = tables(owner, positions, frequenciesFor(length));
        return new Row(tables[0], tables[1], new long[] {0, tokens});
    }

    /** Whether documents of these two lengths have the same frequencies. */
    public boolean sameFrequencies(int length, int other) {
        return Arrays.equals(frequenciesFor(length), frequenciesFor(other));
    }

    /** The frequencies in use for a document of this length. */
    float[] frequenciesFor(long length) {
        if (config.ropeScaling() instanceof RopeScaling.Dynamic dynamic && length > dynamic.maxPosition()) {
            double stretch = dynamic.factor() * length / dynamic.maxPosition() - (dynamic.factor() - 1);
            double dimensions = config.headDim();
            return plain(config.ropeTheta() * Math.pow(stretch, dimensions / (dimensions - 2)));
        }
        return inverseFrequencies;
    }

    private Row dynamicRow(TensorScope owner, int[] positions, long[] starts) {
        TensorShape shape = TensorShape.of(positions.length, 1, config.headDim());
        NDArray cos = kernels.empty(owner, shape, DType.F32);
        NDArray sin = kernels.empty(owner, shape, DType.F32);
        try (TensorScope scope = owner.child()) {
            for (int d = 0; d + 1 < starts.length; d++) {
                int first = (int) starts[d];
                int length = (int) starts[d + 1] - first;
                int[] part = Arrays.copyOfRange(positions, first, first + length);
                NDArray[] tables = tables(scope, part, frequenciesFor(length));
                kernels.copy(kernels.narrow(scope, cos, 0, first, length), tables[0]);
                kernels.copy(kernels.narrow(scope, sin, 0, first, length), tables[1]);
            }
        }
        return new Row(cos, sin, starts);
    }

    private NDArray[] tables(TensorScope owner, int[] positions, float[] frequencies) {
        try (TensorScope scope = owner.child()) {
            NDArray inverse = transfer.floats(scope, TensorShape.of(frequencies.length), frequencies);
            return kernels.ropeTables(owner, transfer.ids(scope, positions), inverse, factor);
        }
    }

    private float[] plain(double theta) {
        try (TensorScope scope = kernels.scope()) {
            return transfer.toFloats(kernels.inverseFrequencies(scope, theta, config.headDim()));
        }
    }

    private float[] scaled(float[] inverse) {
        RopeScaling scaling = config.ropeScaling();
        if (scaling instanceof RopeScaling.Linear linear) {
            for (int i = 0; i < inverse.length; i++) {
                inverse[i] /= (float) linear.factor();
            }
        } else if (scaling instanceof RopeScaling.Llama3 llama3) {
            for (int i = 0; i < inverse.length; i++) {
                inverse[i] = llama3(inverse[i], llama3);
            }
        } else if (scaling instanceof RopeScaling.Yarn yarn) {
            yarn(inverse, yarn);
        }
        return inverse;
    }

    private static float llama3(float inverse, RopeScaling.Llama3 scaling) {
        double original = scaling.originalMaxPosition();
        float wavelength = (float) (2 * Math.PI) / inverse;
        if (wavelength > original / scaling.lowFreqFactor()) {
            return inverse / (float) scaling.factor();
        }
        if (wavelength < original / scaling.highFreqFactor()) {
            return inverse;
        }
        float smooth = ((float) original / wavelength - (float) scaling.lowFreqFactor())
                / (float) (scaling.highFreqFactor() - scaling.lowFreqFactor());
        return (1 - smooth) * (inverse / (float) scaling.factor()) + smooth * inverse;
    }

    private void yarn(float[] inverse, RopeScaling.Yarn scaling) {
        double low = correction(scaling.betaFast(), scaling);
        double high = correction(scaling.betaSlow(), scaling);
        if (scaling.truncate()) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        low = Math.max(low, 0);
        high = Math.min(high, config.headDim() - 1.0);
        if (low == high) {
            high += 0.001;
        }
        for (int i = 0; i < inverse.length; i++) {
            float ramp = Math.min(1, Math.max(0, (i - (float) low) / (float) (high - low)));
            float keep = 1 - ramp;
            inverse[i] = inverse[i] / (float) scaling.factor() * (1 - keep) + inverse[i] * keep;
        }
    }

    /** The dimension whose wave turns so many times within the original length. */
    private double correction(double turns, RopeScaling.Yarn scaling) {
        return config.headDim() * Math.log(scaling.originalMaxPosition() / (turns * 2 * Math.PI))
                / (2 * Math.log(config.ropeTheta()));
    }
}

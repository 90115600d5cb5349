package org.bayling.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bayling.numeric.Bfloat16;
import org.bayling.numeric.DType;
import org.bayling.numeric.Float16;

/** Gives the bytes of tensors to a writer, one tensor after the other, in the order the writer asks for. */
@FunctionalInterface
public interface TensorSource {

    /** Takes the next bytes of a tensor; consumes the buffer. */
    @FunctionalInterface
    interface Sink {
        void write(ByteBuffer bytes) throws IOException;
    }

    /** Writes all bytes of the tensor, little-endian and of {@code tensor.dtype()}, in one or more pieces. */
    void write(TensorStore.Entry tensor, Sink sink) throws IOException;

    /**
     * The tensors of a store under the same names. Where the dtype asked for differs from the stored one, values go
     * through fp32 and are rounded once, to nearest even.
     *
     * @throws IllegalArgumentException on writing, when asked for a conversion to a type other than F32, BF16, F16
     */
    static TensorSource of(TensorStore store) {
        return (tensor, sink) -> {
            TensorStore.Entry stored = store.entry(tensor.name());
            if (!stored.shape().equals(tensor.shape())) {
                throw new IllegalArgumentException("tensor '" + tensor.name() + "' has shape " + stored.shape()
                        + ", it cannot be written as " + tensor.shape());
            }
            // Whole rows, about 4 MiB at a time: a row is always a whole number of quantisation blocks.
            long elements = stored.shape().elements();
            long row = stored.shape().rank() == 0 ? 1 : stored.shape().get(stored.shape().rank() - 1);
            long step = Math.max(1, (1L << 20) / Math.max(1, row)) * Math.max(1, row);
            for (long first = 0; first < elements; first += step) {
                int n = Math.toIntExact(Math.min(step, elements - first));
                sink.write(read(store, stored, tensor.dtype(), first, n));
            }
        };
    }

    private static ByteBuffer read(TensorStore store, TensorStore.Entry stored, DType dtype, long first, int n)
            throws IOException {
        if (stored.dtype() == dtype && stored.plain()) {
            return store.view(stored.name(), first * dtype.bytes(), Math.multiplyExact(n, dtype.bytes()));
        }
        if (dtype != DType.F32 && dtype != DType.BF16 && dtype != DType.F16) {
            throw new IllegalArgumentException(
                    "tensor '" + stored.name() + "' of " + stored.stored() + " cannot be written as " + dtype);
        }
        ByteBuffer fp32 = ByteBuffer.allocateDirect(Math.multiplyExact(n, 4)).order(ByteOrder.LITTLE_ENDIAN);
        store.readFp32(stored.name(), first, fp32);
        if (dtype == DType.F32) {
            return fp32;
        }
        ByteBuffer narrow = ByteBuffer.allocateDirect(n * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            float value = fp32.getFloat(4 * i);
            narrow.putShort(2 * i, dtype == DType.BF16 ? Bfloat16.fromFloat(value) : Float16.fromFloat(value));
        }
        return narrow;
    }
}

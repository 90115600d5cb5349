package org.bayling.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import org.bayling.checkpoint.TensorStore;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/**
 * Bytes of tensors in and out of host memory.
 *
 * <p>Native code ignores a buffer's position and byte order, and a tensor over host memory does not keep it alive; the
 * methods here take care of both. A Java buffer ends at 2 GiB, so large tensors travel in slices of whole rows.
 */
public final class HostTransfer {
    private static final long SLICE_BYTES = 1L << 30;

    private final Kernels kernels;

    public HostTransfer(Kernels kernels) {
        this.kernels = kernels;
    }

    /** int64 tensor [n] of these ids. */
    public NDArray ids(TensorScope owner, int[] values) {
        NDArray tensor = kernels.empty(owner, TensorShape.of(values.length), DType.I64);
        if (values.length > 0) {
            LongBuffer target = view(tensor).asLongBuffer();
            for (int value : values) {
                target.put(value);
            }
        }
        return tensor;
    }

    /** fp32 tensor of these values. */
    public NDArray floats(TensorScope owner, TensorShape shape, float[] values) {
        NDArray tensor = kernels.empty(owner, shape, DType.F32);
        if (values.length > 0) {
            view(tensor).asFloatBuffer().put(values);
        }
        return tensor;
    }

    /** The elements of a contiguous fp32 tensor below 2 GiB. */
    public float[] toFloats(NDArray tensor) {
        float[] values = new float[Math.toIntExact(tensor.size())];
        if (values.length > 0) {
            view(tensor).asFloatBuffer().get(values);
        }
        return values;
    }

    /**
     * A writable little-endian view of a contiguous tensor's own memory, below 2 GiB. Never to be used after the tensor
     * is closed.
     */
    public ByteBuffer view(NDArray tensor) {
        return tensor.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A tensor over a mapped file, without a copy; it must never be written to. Tensors of 2 GiB and more, and tensors
     * that the file holds in another form, are copied or decoded instead.
     */
    public NDArray mapped(TensorScope owner, TensorStore store, String name) throws IOException {
        TensorStore.Entry entry = store.entry(name);
        if (!entry.plain() || entry.bytes() > Integer.MAX_VALUE || entry.bytes() == 0) {
            return load(owner, store, name, entry.dtype());
        }
        ByteBuffer bytes = store.view(name, 0, (int) entry.bytes()).slice().order(ByteOrder.LITTLE_ENDIAN);
        NDArray tensor = kernels.placeholder(owner, entry.shape(), entry.dtype());
        JniUtils.set((PtNDArray) tensor, bytes);
        owner.keepReachable(bytes);
        return tensor;
    }

    /** A tensor of its own memory with the values of the file in this dtype. */
    public NDArray load(TensorScope owner, TensorStore store, String name, DType dtype) throws IOException {
        TensorStore.Entry entry = store.entry(name);
        NDArray tensor = kernels.empty(owner, entry.shape(), dtype);
        if (entry.shape().elements() == 0) {
            return tensor;
        }
        if (dtype == entry.dtype() && entry.plain()) {
            slices(tensor, entry.shape(), dtype, (slice, first, shape) -> view(slice)
                    .put(store.view(name, first * dtype.bytes(), Math.toIntExact(shape.elements() * dtype.bytes()))));
        } else if (dtype == DType.F32) {
            slices(tensor, entry.shape(), dtype, (slice, first, shape) -> store.readFp32(name, first, view(slice)));
        } else {
            slices(tensor, entry.shape(), DType.F32, (slice, first, shape) -> {
                try (TensorScope scope = owner.child()) {
                    NDArray wide = kernels.empty(scope, shape, DType.F32);
                    store.readFp32(name, first, view(wide));
                    kernels.copy(slice, wide);
                }
            });
        }
        return tensor;
    }

    /** Reads a store's fp32 values, in order, over a contiguous fp32 tensor of as many elements. */
    public void readInto(NDArray tensor, TensorStore store, TensorStore.Entry entry) throws IOException {
        if (entry.shape().elements() != tensor.size()) {
            throw new IllegalArgumentException("tensor " + entry.name() + " has " + entry.shape().elements()
                    + " elements, " + tensor.size() + " were expected");
        }
        slices(tensor, TensorShape.of(tensor.getShape().getShape()), DType.F32, (slice, first, part) ->
                store.readFp32(entry.name(), first, view(slice)));
    }

    /** Hands a contiguous tensor's bytes to a sink, a gibibyte at a time, in order. */
    public void forEachSlice(NDArray tensor, TensorShape shape, DType dtype, ByteSink sink) throws IOException {
        if (shape.elements() > 0) {
            slices(tensor, shape, dtype, (slice, first, part) -> sink.accept(view(slice)));
        }
    }

    /** Takes bytes; the buffer is only valid during the call. */
    public interface ByteSink {
        void accept(ByteBuffer bytes) throws IOException;
    }

    private interface SliceAction {
        void accept(NDArray slice, long firstElement, TensorShape shape) throws IOException;
    }

    private void slices(NDArray tensor, TensorShape shape, DType dtype, SliceAction action) throws IOException {
        long bytes = shape.elements() * dtype.bytes();
        if (bytes <= SLICE_BYTES || shape.rank() == 0) {
            action.accept(tensor, 0, shape);
            return;
        }
        long rows = shape.get(0);
        long rowElements = shape.elements() / rows;
        long step = Math.max(1, SLICE_BYTES / (rowElements * dtype.bytes()));
        for (long row = 0; row < rows; row += step) {
            long count = Math.min(step, rows - row);
            long[] extents = shape.toArray();
            extents[0] = count;
            try (TensorScope scope = kernels.scope()) {
                NDArray slice = kernels.narrow(scope, tensor, 0, row, count);
                action.accept(slice, row * rowElements, TensorShape.of(extents));
            }
        }
    }
}

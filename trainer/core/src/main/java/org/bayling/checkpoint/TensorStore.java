package org.bayling.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/**
 * Named tensors in files, knowing no architecture.
 *
 * <p>Owns its mappings: views die with {@link #close()}. Safe for use by several threads.
 */
public interface TensorStore extends AutoCloseable {

    /**
     * One tensor of a store.
     *
     * @param name Hugging Face name
     * @param dtype type of its elements as {@link #view} gives them; a block-quantised GGUF tensor says F32 here
     * @param shape extents, outermost first
     * @param stored what the file calls its type, for messages: {@code BF16}, {@code Q4_1}
     */
    record Entry(String name, DType dtype, TensorShape shape, String stored) {
        /** A tensor held as it is computed with. */
        public static Entry of(String name, DType dtype, TensorShape shape) {
            return new Entry(name, dtype, shape, dtype.safetensorsName());
        }

        /** Bytes of the whole tensor in {@link #dtype}. */
        public long bytes() {
            return Math.multiplyExact(shape.elements(), (long) dtype.bytes());
        }

        /** True when the file holds exactly these elements, so that a view is a mapping and not a decoded copy. */
        public boolean plain() {
            return stored.equals(dtype.safetensorsName());
        }
    }

    /** The file; of several the index that names them. For messages. */
    Path path();

    /** The file that holds a tensor, for messages; {@link #path} for a name that is not there. */
    Path fileOf(String name);

    /** Names of all tensors, in the order of the files. */
    Set<String> names();

    /**
     * What is known of one tensor.
     *
     * @throws TensorNotFoundException when there is none of that name; the message holds the nearest names
     */
    Entry entry(String name);

    /**
     * A read-only, direct, little-endian view of {@code length} bytes of the tensor from byte {@code offset}; position
     * 0. Mapped for plain tensors, decoded into fresh direct memory for quantised ones (then offset and length must lie
     * on block borders).
     */
    ByteBuffer view(String name, long offset, int length) throws IOException;

    /**
     * Copies elements [first, first + into.remaining()/4) of the tensor into a direct little-endian buffer as fp32,
     * widening or decoding as needed; its position and limit stay as they are. The element range must lie on block
     * borders of a quantised tensor.
     */
    void readFp32(String name, long first, ByteBuffer into) throws IOException;

    @Override
    void close() throws IOException;
}

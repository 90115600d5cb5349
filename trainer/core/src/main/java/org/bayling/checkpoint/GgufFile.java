package org.bayling.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bayling.io.CorruptFileException;
import org.bayling.io.MappedFile;
import org.bayling.io.UnsupportedFileException;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/**
 * A memory-mapped GGUF file of the architecture {@code llama}, as a store of tensors under their Hugging Face names and
 * in Hugging Face's orientation.
 *
 * <p>Block-quantised tensors read as F32, decoded on every read; F32, F16 and BF16 keep their dtype. llama.cpp turns
 * neighbouring rows (2i, 2i + 1) of a head of q and k by one angle, Hugging Face rows (i, i + d/2); the rows of
 * {@code q_proj} and {@code k_proj} are put back into Hugging Face's order while they are read, so that these tensors are
 * never {@link Entry#plain() plain}.
 */
public final class GgufFile implements TensorStore {
    private static final int CHUNK = 8192;

    private final MappedFile file;
    private final GgufHeader header;
    private final Map<String, Stored> tensors;

    /**
     * A tensor with its place.
     *
     * @param headRows rows of one attention head, where rows must be put back into Hugging Face's order; 0 elsewhere
     */
    private record Stored(Entry entry, GgmlType type, long begin, long rowElements, long headRows) {

        /** Where element {@code index} lies, counted in elements as the file stores them. */
        long place(long index) {
            if (headRows == 0) {
                return index;
            }
            long row = index / rowElements;
            long head = row / headRows;
            long inHead = row % headRows;
            long half = headRows / 2;
            long storedRow = head * headRows + 2 * (inHead % half) + inHead / half;
            return storedRow * rowElements + index % rowElements;
        }

        /** How many elements from {@code index} lie side by side in the file. */
        long run(long index) {
            return headRows == 0 ? Long.MAX_VALUE : rowElements - index % rowElements;
        }
    }

    private GgufFile(MappedFile file, GgufHeader header, Map<String, Stored> tensors) {
        this.file = file;
        this.header = header;
        this.tensors = tensors;
    }

    /**
     * Opens and checks a file.
     *
     * @throws CorruptFileException when it breaks a rule of the format
     * @throws UnsupportedFileException for another architecture, a tensor that Llama does not have, or a quantisation
     *     that is not decoded; the message names it
     */
    public static GgufFile open(Path path) throws IOException {
        MappedFile file = MappedFile.open(path);
        try {
            GgufHeader header = GgufHeader.read(file);
            return new GgufFile(file, header, stored(path, header));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Map<String, Stored> stored(Path path, GgufHeader header) throws IOException {
        GgufMetadata metadata = new GgufMetadata(path, header.metadata());
        metadata.requireLlama();
        long heads = metadata.count("llama.attention.head_count");
        long keyValueHeads = metadata.count("llama.attention.head_count_kv", heads);
        Map<String, Stored> tensors = new LinkedHashMap<>();
        for (GgufHeader.Tensor tensor : header.tensors().values()) {
            if (tensor.name().equals(GgufNames.ROPE_FREQS)) {
                continue;
            }
            String name = GgufNames.huggingFace(tensor.name())
                    .orElseThrow(() -> new UnsupportedFileException(
                            path,
                            "tensor",
                            "'" + tensor.name() + "'",
                            "the tensors of a dense Llama (no experts, no extra norms)"));
            long headRows = 0;
            if (name.contains(".q_proj.") || name.contains(".k_proj.")) {
                headRows = headRows(path, tensor, name.contains(".q_proj.") ? heads : keyValueHeads);
            }
            tensors.put(name, stored(tensor, name, headRows));
        }
        return Collections.unmodifiableMap(tensors);
    }

    private static long headRows(Path path, GgufHeader.Tensor tensor, long heads) throws IOException {
        long rows = tensor.shape().get(0);
        if (rows % heads != 0 || rows / heads % 2 != 0 || tensor.shape().rank() == 1 && tensor.type().quantised()) {
            throw new CorruptFileException(
                    path,
                    "tensor '" + tensor.name() + "'",
                    tensor.type() + " " + tensor.shape(),
                    heads + " heads with an even number of rows each, and a bias not quantised");
        }
        return rows / heads;
    }

    private static Stored stored(GgufHeader.Tensor tensor, String name, long headRows) {
        TensorShape shape = tensor.shape();
        String kind = headRows == 0 ? tensor.type().name() : tensor.type() + " in llama.cpp's row order";
        // The rows of a bias are its single elements.
        long rowElements = shape.rank() == 1 ? 1 : shape.elements() / shape.get(0);
        return new Stored(
                new Entry(name, tensor.type().dtype(), shape, kind), tensor.type(), tensor.begin(), rowElements, headRows);
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public Path fileOf(String name) {
        return path();
    }

    /**
     * All metadata, in the order of the file. Values are Long (every integer type), Float, Double, Boolean, String, or an
     * unmodifiable List of one of these.
     */
    public Map<String, Object> metadata() {
        return header.metadata();
    }

    /** The values of {@code rope_freqs.weight}, by which the rotary frequencies are divided, where the file has them. */
    Optional<float[]> ropeFactors() throws IOException {
        GgufHeader.Tensor tensor = header.tensors().get(GgufNames.ROPE_FREQS);
        if (tensor == null) {
            return Optional.empty();
        }
        if (tensor.type() != GgmlType.F32 || tensor.shape().rank() != 1 || tensor.shape().elements() > 1 << 16) {
            throw new CorruptFileException(
                    path(),
                    "tensor '" + tensor.name() + "'",
                    tensor.type() + " " + tensor.shape(),
                    "F32 with one value for each pair of a head");
        }
        float[] factors = new float[(int) tensor.shape().elements()];
        file.view(tensor.begin(), 4 * factors.length).asFloatBuffer().get(factors);
        return Optional.of(factors);
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public Entry entry(String name) {
        return stored(name).entry();
    }

    @Override
    public ByteBuffer view(String name, long offset, int length) throws IOException {
        Stored tensor = stored(name);
        int width = tensor.entry().dtype().bytes();
        requireRange(tensor, offset, length, tensor.entry().bytes(), "bytes");
        if (tensor.entry().plain()) {
            return file.view(tensor.begin() + offset, length);
        }
        if (offset % width != 0 || length % width != 0) {
            throw new IllegalArgumentException(path() + ": bytes [" + offset + ", +" + length + ") of tensor '" + name
                    + "' cut an element of " + width + " bytes");
        }
        ByteBuffer fresh = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
        if (tensor.type().quantised()) {
            readFp32(name, offset / width, fresh);
        } else {
            copyRows(tensor, offset / width, fresh);
        }
        return fresh.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private void copyRows(Stored tensor, long first, ByteBuffer into) throws IOException {
        int width = tensor.entry().dtype().bytes();
        ByteBuffer out = into.duplicate();
        while (out.hasRemaining()) {
            int n = (int) Math.min(tensor.run(first), out.remaining() / width);
            out.put(file.view(tensor.begin() + tensor.place(first) * width, n * width));
            first += n;
        }
    }

    @Override
    public void readFp32(String name, long first, ByteBuffer into) throws IOException {
        Stored tensor = stored(name);
        FloatBuffer out = Fp32Reader.floats(into);
        requireRange(tensor, first, out.remaining(), tensor.entry().shape().elements(), "elements");
        int block = tensor.type().blockElements();
        if (first % block != 0 || out.remaining() % block != 0) {
            throw new IllegalArgumentException(path() + ": elements [" + first + ", +" + out.remaining() + ") of tensor '"
                    + name + "' do not lie on borders of blocks of " + block);
        }
        // Two arrays for the whole read; rows are shorter than a chunk or cut into chunks.
        int chunk = Math.min(CHUNK, out.remaining());
        float[] floats = new float[tensor.type().quantised() ? chunk : 0];
        byte[] bytes = new byte[tensor.type().quantised() ? (int) tensor.type().bytes(chunk) : 0];
        while (out.hasRemaining()) {
            int n = (int) Math.min(tensor.run(first), out.remaining());
            n = tensor.type().quantised() ? Math.min(n, chunk) : Math.min(n, 1 << 28);
            ByteBuffer from = file.view(
                    tensor.begin() + tensor.type().bytes(tensor.place(first)), (int) tensor.type().bytes(n));
            if (tensor.type().quantised()) {
                from.get(bytes, 0, from.remaining());
                tensor.type().decoder().decode(bytes, n / block, floats);
                out.put(floats, 0, n);
            } else {
                DType dtype = tensor.type().dtype();
                Fp32Reader.widen(dtype, from, out.slice(out.position(), n));
                out.position(out.position() + n);
            }
            first += n;
        }
    }

    private void requireRange(Stored tensor, long first, long count, long size, String unit) {
        if (first < 0 || count < 0 || first > size - count) {
            throw new IndexOutOfBoundsException(path() + ": " + unit + " [" + first + ", +" + count + ") leave tensor '"
                    + tensor.entry().name() + "' of " + size + " " + unit);
        }
    }

    private Stored stored(String name) {
        Stored tensor = tensors.get(name);
        if (tensor == null) {
            throw TensorNotFoundException.of(path(), name, names());
        }
        return tensor;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

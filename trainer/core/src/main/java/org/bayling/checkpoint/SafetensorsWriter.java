package org.bayling.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bayling.io.AtomicFile;
import org.bayling.io.DurableFile;
import org.bayling.io.FaultPoint;
import org.bayling.numeric.DType;

/**
 * Writes a safetensors file as a stream: the tensors are declared first, then their bytes follow in {@link #order()}, in
 * pieces of any size. Only the header is kept in memory. The bytes equal those of Hugging Face's own writer.
 */
public final class SafetensorsWriter {
    /** What Hugging Face's readers expect in the metadata of a file of PyTorch tensors. */
    public static final Map<String, String> PT = Map.of("format", "pt");

    /** Hugging Face's order: by alignment, largest first; within one size as its own list of types goes. */
    private static final List<DType> DTYPE_ORDER = List.of(
            DType.I64, DType.F64, DType.F32, DType.I32, DType.BF16, DType.F16, DType.I16, DType.I8, DType.U8, DType.BOOL);

    private static final JsonFactory JSON = new JsonFactory();

    private final DurableFile out;
    private final List<TensorStore.Entry> order;
    private int current;
    private long writtenOfCurrent;

    private SafetensorsWriter(DurableFile out, List<TensorStore.Entry> order) {
        this.out = out;
        this.order = order;
    }

    /**
     * Writes the header.
     *
     * @param tensors names, dtypes and shapes, in any order
     * @param metadata written in the order of its keys' text; {@link #PT} for model and adapter files
     */
    public static SafetensorsWriter start(
            DurableFile out, Collection<TensorStore.Entry> tensors, Map<String, String> metadata) throws IOException {
        Set<String> names = new HashSet<>();
        for (TensorStore.Entry tensor : tensors) {
            if (!names.add(tensor.name()) || tensor.name().equals("__metadata__")) {
                throw new IllegalArgumentException(
                        out.path() + ": tensor '" + tensor.name() + "' is declared twice or has a reserved name");
            }
        }
        List<TensorStore.Entry> order = tensors.stream()
                .sorted(Comparator.comparingInt((TensorStore.Entry tensor) -> DTYPE_ORDER.indexOf(tensor.dtype()))
                        .thenComparing(
                                tensor -> tensor.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .toList();
        byte[] header = header(order, metadata);
        if (header.length > SafetensorsHeader.MAX_HEADER_BYTES) {
            throw new IOException(out.path() + ": the header of " + order.size() + " tensors takes " + header.length
                    + " bytes, the format allows " + SafetensorsHeader.MAX_HEADER_BYTES);
        }
        out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length));
        out.write(ByteBuffer.wrap(header));
        return new SafetensorsWriter(out, order);
    }

    /** Writes a whole file in one step: readers see the old file of that name or the new one, never a part. */
    public static void write(
            Path target,
            Collection<TensorStore.Entry> tensors,
            Map<String, String> metadata,
            TensorSource source,
            FaultPoint faults)
            throws IOException {
        try (AtomicFile file = AtomicFile.open(target, faults)) {
            start(file.content(), tensors, metadata).writeAll(source);
            file.publish();
        }
    }

    /** The declared tensors in the order in which their bytes must come. */
    public List<TensorStore.Entry> order() {
        return order;
    }

    /**
     * Writes the next bytes of a tensor, little-endian; consumes the buffer.
     *
     * @throws IllegalStateException when it is not this tensor's turn or it gets more bytes than declared
     */
    public void write(String name, ByteBuffer bytes) throws IOException {
        skipComplete();
        TensorStore.Entry expected = current < order.size() ? order.get(current) : null;
        if (expected == null || !expected.name().equals(name)) {
            throw new IllegalStateException(out.path() + ": bytes of tensor '" + name + "' came when "
                    + (expected == null ? "all tensors were complete" : "'" + expected.name() + "' was expected"));
        }
        if (bytes.remaining() > expected.bytes() - writtenOfCurrent) {
            throw new IllegalStateException(out.path() + ": tensor '" + name + "' got more than its " + expected.bytes()
                    + " bytes for " + expected.dtype() + " " + expected.shape());
        }
        writtenOfCurrent += bytes.remaining();
        out.write(bytes);
    }

    /** Writes all tensors from a source and {@link #finish() finishes}. */
    public void writeAll(TensorSource source) throws IOException {
        for (TensorStore.Entry tensor : order) {
            source.write(tensor, bytes -> write(tensor.name(), bytes));
        }
        finish();
    }

    /**
     * Checks that every declared byte came. Publishing the file is its owner's part.
     *
     * @throws IllegalStateException when a tensor is incomplete
     */
    public void finish() {
        skipComplete();
        if (current < order.size()) {
            TensorStore.Entry missing = order.get(current);
            throw new IllegalStateException(out.path() + ": tensor '" + missing.name() + "' got " + writtenOfCurrent
                    + " of its " + missing.bytes() + " bytes");
        }
    }

    private void skipComplete() {
        while (current < order.size() && writtenOfCurrent == order.get(current).bytes()) {
            current++;
            writtenOfCurrent = 0;
        }
    }

    private static byte[] header(List<TensorStore.Entry> order, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart("__metadata__");
                for (String key : metadata.keySet().stream().sorted().toList()) {
                    json.writeStringField(key, metadata.get(key));
                }
                json.writeEndObject();
            }
            long begin = 0;
            for (TensorStore.Entry tensor : order) {
                long end = Math.addExact(begin, tensor.bytes());
                json.writeObjectFieldStart(tensor.name());
                json.writeStringField("dtype", tensor.dtype().safetensorsName());
                json.writeFieldName("shape");
                long[] shape = tensor.shape().toArray();
                json.writeArray(shape, 0, shape.length);
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {begin, end}, 0, 2);
                json.writeEndObject();
                begin = end;
            }
            json.writeEndObject();
        }
        while (bytes.size() % 8 != 0) {
            bytes.write(' ');
        }
        return bytes.toByteArray();
    }
}

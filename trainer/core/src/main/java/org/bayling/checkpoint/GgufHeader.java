package org.bayling.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bayling.io.CorruptFileException;
import org.bayling.io.FileTooNewException;
import org.bayling.io.FileTooOldException;
import org.bayling.io.MappedFile;
import org.bayling.io.UnsupportedFileException;
import org.bayling.numeric.TensorShape;

/**
 * The checked header of a GGUF file.
 *
 * @param metadata by key in the order of the file; values are Long (all integers), Float, Double, Boolean, String, or an
 *     unmodifiable List of one of these
 * @param tensors by ggml name in the order of the file
 */
record GgufHeader(Map<String, Object> metadata, Map<String, Tensor> tensors) {
    private static final int MAGIC = 0x46554747;
    private static final long MAX_COUNT = 1_000_000;
    private static final long MAX_STRING_BYTES = 16 << 20;
    private static final long MAX_ARRAY_ELEMENTS = 4 << 20;
    private static final long MAX_ALIGNMENT = 1 << 16;

    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /**
     * A tensor as the file describes it.
     *
     * @param name ggml's name
     * @param shape outermost first, the reverse of the file's order
     * @param begin first byte in the file
     */
    record Tensor(String name, GgmlType type, TensorShape shape, long begin) {}

    private record Declared(String name, GgmlType type, TensorShape shape, long offset) {
        long bytes() {
            return type.bytes(shape.elements());
        }
    }

    static GgufHeader read(MappedFile file) throws IOException {
        return new Parser(file).parse();
    }

    private static final class Parser {
        private final MappedFile file;
        private final Path path;
        private final Map<String, Object> metadata = new LinkedHashMap<>();
        private long position;

        Parser(MappedFile file) {
            this.file = file;
            this.path = file.path();
        }

        GgufHeader parse() throws IOException {
            int magic = int32("magic");
            if (magic != MAGIC) {
                throw corrupt("magic", "0x" + Integer.toHexString(magic), "\"GGUF\"");
            }
            version(int32("version"));
            long tensorCount = count("number of tensors");
            long keyCount = count("number of metadata keys");
            for (long i = 0; i < keyCount; i++) {
                String key = string("metadata key " + i);
                Object value = value(int32("type of metadata key '" + key + "'"), "metadata key '" + key + "'", true);
                if (key.isEmpty() || metadata.put(key, value) != null) {
                    throw corrupt("metadata key '" + key + "'", "an empty or second key", "unique keys");
                }
            }
            Map<String, Declared> declared = new LinkedHashMap<>();
            for (long i = 0; i < tensorCount; i++) {
                Declared tensor = tensor(i);
                if (declared.put(tensor.name(), tensor) != null) {
                    throw corrupt("tensor '" + tensor.name() + "'", "a second one of that name", "unique names");
                }
            }
            return new GgufHeader(Collections.unmodifiableMap(metadata), located(declared));
        }

        private void version(int version) throws IOException {
            if (version == 1) {
                throw new FileTooOldException(path, "GGUF version", "1", "2 or 3; convert the model again");
            }
            if (version == Integer.reverseBytes(2) || version == Integer.reverseBytes(3)) {
                throw new UnsupportedFileException(path, "byte order", "big-endian", "little-endian");
            }
            if (version < 1) {
                throw corrupt("GGUF version", Integer.toUnsignedString(version), "2 or 3");
            }
            if (version > 3) {
                throw new FileTooNewException(path, "GGUF version", String.valueOf(version), "2 or 3");
            }
        }

        private Declared tensor(long index) throws IOException {
            String name = string("name of tensor " + index);
            String what = "tensor '" + name + "'";
            int rank = int32("rank of " + what);
            if (rank < 1 || rank > 4) {
                throw corrupt("rank of " + what, Integer.toUnsignedString(rank), "1 to 4");
            }
            List<Long> extents = new ArrayList<>();
            for (int i = 0; i < rank; i++) {
                extents.add(0, int64("extent of " + what));
            }
            int typeId = int32("type of " + what);
            long offset = int64("offset of " + what);
            GgmlType type = type(typeId, what);
            TensorShape shape;
            try {
                shape = new TensorShape(extents);
                type.bytes(shape.elements());
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw corrupt("shape of " + what, extents.toString(), "extents >= 1 whose product is below 2^63");
            }
            if (extents.contains(0L) || shape.get(rank - 1) % type.blockElements() != 0) {
                throw corrupt(
                        "shape of " + what,
                        shape.toString(),
                        "extents >= 1, the last one a multiple of " + type.blockElements() + " for " + type);
            }
            return new Declared(name, type, shape, offset);
        }

        private GgmlType type(int id, String what) throws IOException {
            if (GgmlType.of(id).isPresent()) {
                return GgmlType.of(id).get();
            }
            if (!GgmlType.known(id)) {
                throw corrupt("type of " + what, GgmlType.nameOf(id), "a type of ggml");
            }
            throw new UnsupportedFileException(
                    path, "type of " + what, GgmlType.nameOf(id), "one of " + List.of(GgmlType.values()));
        }

        /** Tensors follow each other in the order of their offsets, with only alignment in between, up to the end. */
        private Map<String, Tensor> located(Map<String, Declared> declared) throws IOException {
            long alignment = alignment();
            long dataStart = aligned(position, alignment);
            long dataBytes = Math.max(0, file.length() - dataStart);
            long expected = 0;
            long end = 0;
            for (Declared tensor : declared.values().stream()
                    .sorted(Comparator.comparingLong(Declared::offset))
                    .toList()) {
                if (tensor.offset() != expected) {
                    throw corrupt(
                            "offset of tensor '" + tensor.name() + "'",
                            Long.toUnsignedString(tensor.offset()),
                            expected + ", the end of the tensor before it rounded up to " + alignment);
                }
                if (tensor.bytes() > dataBytes - expected) {
                    throw corrupt(
                            "truncated: tensor '" + tensor.name() + "' has " + tensor.bytes() + " bytes from " + expected,
                            dataBytes + " bytes of tensor data",
                            "at least " + Math.addExact(expected, tensor.bytes()));
                }
                end = expected + tensor.bytes();
                expected = aligned(end, alignment);
            }
            if (dataBytes > expected) {
                throw corrupt("bytes after the last tensor", dataBytes + " bytes of tensor data", end + " bytes");
            }
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            declared.forEach((name, tensor) -> tensors.put(
                    name, new Tensor(name, tensor.type(), tensor.shape(), dataStart + tensor.offset())));
            return Collections.unmodifiableMap(tensors);
        }

        private long alignment() throws IOException {
            Object value = metadata.getOrDefault("general.alignment", 32L);
            if (!(value instanceof Long alignment)
                    || alignment < 1
                    || alignment > MAX_ALIGNMENT
                    || Long.bitCount(alignment) != 1) {
                throw corrupt("general.alignment", String.valueOf(value), "a power of two up to " + MAX_ALIGNMENT);
            }
            return alignment;
        }

        private static long aligned(long at, long alignment) {
            return Math.addExact(at, alignment - 1) & -alignment;
        }

        private Object value(int type, String what, boolean arrayAllowed) throws IOException {
            return switch (type) {
                case 0 -> (long) (bytes(1, what).get() & 0xff);
                case 1 -> (long) bytes(1, what).get();
                case 2 -> (long) (bytes(2, what).getShort() & 0xffff);
                case 3 -> (long) bytes(2, what).getShort();
                case 4 -> Integer.toUnsignedLong(int32(what));
                case 5 -> (long) int32(what);
                case 6 -> bytes(4, what).getFloat();
                case 7 -> bool(what);
                case STRING -> string(what);
                case ARRAY -> array(what, arrayAllowed);
                case 10 -> unsigned(int64(what), what);
                case 11 -> int64(what);
                case 12 -> bytes(8, what).getDouble();
                default -> throw corrupt("type of " + what, Integer.toUnsignedString(type), "0 to 12");
            };
        }

        private List<Object> array(String what, boolean allowed) throws IOException {
            if (!allowed) {
                throw corrupt(what, "an array inside an array", "an array of single values");
            }
            int type = int32("element type of " + what);
            long count = int64("length of " + what);
            if (count < 0 || count > MAX_ARRAY_ELEMENTS || count > file.length() - position) {
                throw corrupt(
                        "length of " + what,
                        Long.toUnsignedString(count),
                        "at most " + Math.min(MAX_ARRAY_ELEMENTS, file.length() - position));
            }
            List<Object> values = new ArrayList<>((int) count);
            for (long i = 0; i < count; i++) {
                values.add(value(type, what, false));
            }
            return Collections.unmodifiableList(values);
        }

        private boolean bool(String what) throws IOException {
            byte value = bytes(1, what).get();
            if (value != 0 && value != 1) {
                throw corrupt(what, String.valueOf(value), "0 or 1 for a truth value");
            }
            return value == 1;
        }

        private long unsigned(long value, String what) throws IOException {
            if (value < 0) {
                throw corrupt(what, Long.toUnsignedString(value), "a number below 2^63");
            }
            return value;
        }

        private String string(String what) throws IOException {
            long length = int64("length of " + what);
            if (length < 0 || length > MAX_STRING_BYTES) {
                throw corrupt("length of " + what, Long.toUnsignedString(length), "at most " + MAX_STRING_BYTES);
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(bytes((int) length, what))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new CorruptFileException(path, what, "bytes that are not UTF-8", "UTF-8 text", e);
            }
        }

        private long count(String what) throws IOException {
            long count = int64(what);
            if (count < 0 || count > MAX_COUNT) {
                throw corrupt(what, Long.toUnsignedString(count), "at most " + MAX_COUNT);
            }
            return count;
        }

        private int int32(String what) throws IOException {
            return bytes(4, what).getInt();
        }

        private long int64(String what) throws IOException {
            return bytes(8, what).getLong();
        }

        private ByteBuffer bytes(int count, String what) throws IOException {
            if (count > file.length() - position) {
                throw corrupt(
                        "truncated at " + what,
                        file.length() + " bytes",
                        "at least " + (position + count) + " bytes");
            }
            ByteBuffer bytes = file.view(position, count);
            position += count;
            return bytes;
        }

        private CorruptFileException corrupt(String problem, String found, String expected) {
            return new CorruptFileException(path, problem, found, expected);
        }
    }
}

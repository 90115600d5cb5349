package org.bayling.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
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
import org.bayling.io.JsonFault;
import org.bayling.io.MappedFile;
import org.bayling.io.UnsupportedFileException;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/**
 * The checked header of a safetensors file.
 *
 * @param dataStart byte of the file where the tensors begin
 * @param metadata {@code __metadata__}, in the order of the file
 * @param tensors by name, in the order of their bytes
 */
record SafetensorsHeader(long dataStart, Map<String, String> metadata, Map<String, Located> tensors) {
    static final long MAX_HEADER_BYTES = 100_000_000;
    private static final int MAX_TENSORS = 1_000_000;
    private static final int MAX_RANK = 64;
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Bits of one element of every dtype that the format knows, whether this program holds it or not. */
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("BOOL", 8),
            Map.entry("F4", 4),
            Map.entry("F6_E2M3", 6),
            Map.entry("F6_E3M2", 6),
            Map.entry("U8", 8),
            Map.entry("I8", 8),
            Map.entry("F8_E5M2", 8),
            Map.entry("F8_E4M3", 8),
            Map.entry("F8_E8M0", 8),
            Map.entry("F8_E4M3FNUZ", 8),
            Map.entry("F8_E5M2FNUZ", 8),
            Map.entry("I16", 16),
            Map.entry("U16", 16),
            Map.entry("F16", 16),
            Map.entry("BF16", 16),
            Map.entry("I32", 32),
            Map.entry("U32", 32),
            Map.entry("F32", 32),
            Map.entry("C64", 64),
            Map.entry("F64", 64),
            Map.entry("I64", 64),
            Map.entry("U64", 64));

    /** A tensor and the bytes [begin, end) it takes, counted from {@code dataStart}. */
    record Located(TensorStore.Entry entry, long begin, long end) {}

    /** What the header says of a tensor, before it is checked against the file. */
    private record Declared(String name, String dtype, List<Long> shape, long begin, long end) {}

    static SafetensorsHeader read(MappedFile file) throws IOException {
        return new Parser(file.path()).parse(file);
    }

    private static final class Parser {
        private final Path path;
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final List<Declared> declared = new ArrayList<>();

        Parser(Path path) {
            this.path = path;
        }

        SafetensorsHeader parse(MappedFile file) throws IOException {
            if (file.length() < 8) {
                throw corrupt("truncated before the header length", file.length() + " bytes", "at least 8 bytes");
            }
            long headerBytes = file.view(0, 8).getLong();
            if (headerBytes < 0 || headerBytes > MAX_HEADER_BYTES) {
                throw corrupt("header length", Long.toUnsignedString(headerBytes), "at most " + MAX_HEADER_BYTES);
            }
            if (headerBytes > file.length() - 8) {
                throw corrupt(
                        "truncated header", file.length() + " bytes", "8 + " + headerBytes + " bytes of header or more");
            }
            String text = utf8(file.view(8, (int) headerBytes));
            if (!text.stripLeading().startsWith("{")) {
                throw corrupt("header", shown(text), "a JSON object");
            }
            try (JsonParser json = JSON.createParser(text)) {
                header(json);
            } catch (JsonProcessingException e) {
                String what = JsonFault.describe(e);
                throw new CorruptFileException(path, "header", "broken JSON (" + shown(what) + ")", "a JSON object", e);
            }
            long dataStart = 8 + headerBytes;
            return new SafetensorsHeader(
                    dataStart, Collections.unmodifiableMap(metadata), located(file.length() - dataStart));
        }

        private void header(JsonParser json) throws IOException {
            require(json, json.nextToken(), JsonToken.START_OBJECT, "header");
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = checkedName(json.currentName());
                require(json, json.nextToken(), JsonToken.START_OBJECT, "header entry '" + name + "'");
                if (name.equals("__metadata__")) {
                    metadata(json);
                } else if (declared.size() == MAX_TENSORS) {
                    throw corrupt("number of tensors", "more than " + MAX_TENSORS, "at most " + MAX_TENSORS);
                } else {
                    declared.add(tensor(json, name));
                }
            }
            if (json.nextToken() != null) {
                throw corrupt("header", "text after the JSON object", "only the JSON object and spaces");
            }
        }

        private void metadata(JsonParser json) throws IOException {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                require(json, json.nextToken(), JsonToken.VALUE_STRING, "__metadata__ key '" + key + "'");
                metadata.put(key, json.getText());
            }
        }

        private Declared tensor(JsonParser json, String name) throws IOException {
            String dtype = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                switch (key) {
                    case "dtype" -> {
                        require(json, value, JsonToken.VALUE_STRING, of(name, "dtype"));
                        dtype = json.getText();
                    }
                    case "shape" -> shape = integers(json, of(name, "shape"), MAX_RANK);
                    case "data_offsets" -> offsets = integers(json, of(name, "data_offsets"), 2);
                    default -> throw corrupt(of(name, "key"), "'" + key + "'", "dtype, shape, data_offsets");
                }
            }
            if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
                throw corrupt(
                        "tensor '" + name + "'",
                        "dtype " + dtype + ", shape " + shape + ", data_offsets " + offsets,
                        "a dtype, a shape and two data_offsets");
            }
            return new Declared(name, dtype, shape, offsets.get(0), offsets.get(1));
        }

        private List<Long> integers(JsonParser json, String what, int atMost) throws IOException {
            require(json, json.currentToken(), JsonToken.START_ARRAY, what);
            List<Long> values = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                require(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
                boolean fits = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
                if (!fits || json.getLongValue() < 0 || values.size() == atMost) {
                    throw corrupt(what, shown(values + " then " + json.getText()), "up to " + atMost + " integers >= 0");
                }
                values.add(json.getLongValue());
            }
            return values;
        }

        /** Tensors in the order of their bytes; they must tile the data exactly. */
        private Map<String, Located> located(long dataBytes) throws IOException {
            declared.sort(Comparator.comparingLong(Declared::begin).thenComparingLong(Declared::end));
            Map<String, Located> tensors = new LinkedHashMap<>();
            long expectedBegin = 0;
            for (Declared tensor : declared) {
                if (tensor.begin() != expectedBegin || tensor.end() < tensor.begin()) {
                    throw corrupt(
                            of(tensor.name(), "data_offsets"),
                            "[" + tensor.begin() + ", " + tensor.end() + "]",
                            "a start at " + expectedBegin + ", where the tensor before it ends, and an end not below it");
                }
                if (tensor.end() > dataBytes) {
                    throw corrupt(
                            "truncated: tensor '" + tensor.name() + "' ends at byte " + tensor.end() + " of the data",
                            dataBytes + " bytes of data",
                            "at least " + tensor.end());
                }
                tensors.put(tensor.name(), checked(tensor));
                expectedBegin = tensor.end();
            }
            if (expectedBegin != dataBytes) {
                throw corrupt("bytes after the last tensor", dataBytes + " bytes of data", expectedBegin + " bytes");
            }
            return Collections.unmodifiableMap(tensors);
        }

        private Located checked(Declared tensor) throws IOException {
            Integer bits = BITS.get(tensor.dtype());
            if (bits == null) {
                throw corrupt(of(tensor.name(), "dtype"), shown(tensor.dtype()), "one of " + BITS.keySet().stream()
                        .sorted()
                        .toList());
            }
            TensorShape shape;
            long total;
            try {
                shape = new TensorShape(tensor.shape());
                total = Math.multiplyExact(shape.elements(), (long) bits);
            } catch (IllegalArgumentException | ArithmeticException overflow) {
                throw corrupt(of(tensor.name(), "shape"), tensor.shape().toString(), "a size in bits below 2^63");
            }
            if (total % 8 != 0 || total / 8 != tensor.end() - tensor.begin()) {
                throw corrupt(
                        of(tensor.name(), "size"),
                        (tensor.end() - tensor.begin()) + " bytes",
                        total + " bits for " + tensor.dtype() + " " + shape + ", in whole bytes");
            }
            DType dtype = DType.ofSafetensorsName(tensor.dtype())
                    .orElseThrow(() -> new UnsupportedFileException(
                            path, of(tensor.name(), "dtype"), tensor.dtype(), "one of " + List.of(DType.values())));
            return new Located(
                    new TensorStore.Entry(tensor.name(), dtype, shape, tensor.dtype()), tensor.begin(), tensor.end());
        }

        private String utf8(ByteBuffer bytes) throws IOException {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(bytes)
                        .toString();
            } catch (CharacterCodingException e) {
                throw new CorruptFileException(path, "header", "bytes that are not UTF-8", "UTF-8 text", e);
            }
        }

        private String checkedName(String name) throws IOException {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
                throw corrupt("tensor name", "half of a surrogate pair", "Unicode text");
            }
            return name;
        }

        private void require(JsonParser json, JsonToken found, JsonToken expected, String what) throws IOException {
            if (found != expected) {
                throw corrupt(what, found + " at " + json.currentLocation().getCharOffset(), expected.toString());
            }
        }

        private CorruptFileException corrupt(String problem, String found, String expected) {
            return new CorruptFileException(path, problem, found, expected);
        }

        private static String of(String tensor, String what) {
            return what + " of tensor '" + shown(tensor) + "'";
        }

        private static String shown(String text) {
            return text.length() <= 120 ? text : text.substring(0, 120) + "...";
        }
    }
}

package org.bayling.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.bayling.io.CorruptFileException;
import org.bayling.io.UnsupportedFileException;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the format, case by case as the reference reader tests them. */
class SafetensorsFileTest {
    @TempDir
    Path directory;

    private static String tensor(String dtype, String shape, String offsets) {
        return "\"test\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }

    private static String header(String dtype, String shape, String offsets) {
        return "{" + tensor(dtype, shape, offsets) + "}";
    }

    private void assertCorrupt(byte[] content, String... parts) {
        assertThatThrownBy(() -> SafetensorsBytes.open(directory, content))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContainingAll("case.safetensors", "found", "expected")
                .satisfies(error -> {
                    for (String part : parts) {
                        assertThat(error).hasMessageContaining(part);
                    }
                });
    }

    @Test
    void aTensorIsReadWithNameShapeTypeAndBytes() throws IOException {
        byte[] content = SafetensorsBytes.of(header("I32", "[2,2]", "[0,16]"), 16);
        content[content.length - 16] = 7;
        try (SafetensorsFile file = SafetensorsBytes.open(directory, content)) {
            assertThat(file.names()).containsExactly("test");
            assertThat(file.entry("test"))
                    .isEqualTo(new TensorStore.Entry("test", DType.I32, TensorShape.of(2, 2), "I32"));
            assertThat(file.entry("test").plain()).isTrue();
            assertThat(file.view("test", 0, 16).getInt()).isEqualTo(7);
            assertThat(file.view("test", 4, 12).remaining()).isEqualTo(12);
        }
    }

    @Test
    void aScalarIsAllowed() throws IOException {
        try (SafetensorsFile file =
                SafetensorsBytes.open(directory, SafetensorsBytes.of(header("I32", "[]", "[0,4]"), 4))) {
            assertThat(file.entry("test").shape()).isEqualTo(TensorShape.of());
            assertThat(SafetensorsBytes.bytes(file, "test")).hasSize(4);
        }
    }

    @Test
    void anEmptyTensorIsAllowed() throws IOException {
        try (SafetensorsFile file =
                SafetensorsBytes.open(directory, SafetensorsBytes.of(header("I32", "[2,0]", "[0, 0]"), 0))) {
            assertThat(file.entry("test").shape()).isEqualTo(TensorShape.of(2, 0));
            assertThat(SafetensorsBytes.bytes(file, "test")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}\r \t\n", "\t\n{}\r ", "{}"})
    void whitespaceAroundTheHeaderIsAllowed(String text) throws IOException {
        try (SafetensorsFile file = SafetensorsBytes.open(directory, SafetensorsBytes.of(text, 0))) {
            assertThat(file.names()).isEmpty();
        }
    }

    @Test
    void metadataIsReadInTheOrderOfTheFile() throws IOException {
        String header = "{\"__metadata__\":{\"z\":\"1\",\"a\":\"\\u00e9\"}," + tensor("I32", "[1]", "[0,4]") + "}";
        try (SafetensorsFile file = SafetensorsBytes.open(directory, SafetensorsBytes.of(header, 4))) {
            assertThat(file.metadata().toString()).isEqualTo("{z=1, a=é}");
            assertThat(file.names()).containsExactly("test");
        }
    }

    @Test
    void manyNamesForTheSameBytesAreRefused() {
        StringBuilder header = new StringBuilder("{");
        IntStream.range(0, 10).forEach(i -> header.append(i == 0 ? "" : ",")
                .append("\"weight_" + i + "\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}"));
        assertCorrupt(SafetensorsBytes.of(header + "}", 16), "data_offsets of tensor 'weight_", "[0, 16]");
    }

    @Test
    void trailingAndMissingBytesAreRefused() {
        assertCorrupt(SafetensorsBytes.of(header("I32", "[2,2]", "[0,16]"), 50), "after the last tensor", "50", "16");
        assertCorrupt(SafetensorsBytes.of(header("I32", "[2,2]", "[0,16]"), 14), "truncated", "'test'", "14", "16");
    }

    @Test
    void holesAndReversedOffsetsAreRefused() {
        assertCorrupt(SafetensorsBytes.of(header("I32", "[1]", "[4,8]"), 8), "[4, 8]", "a start at 0");
        assertCorrupt(SafetensorsBytes.of(header("U8", "[0]", "[0,-1]"), 0), "data_offsets", "-1");
        String second = ",\"two\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[4,3]}}";
        assertCorrupt(SafetensorsBytes.of("{" + tensor("I32", "[1]", "[0,4]") + second, 4), "'two'", "[4, 3]");
    }

    @Test
    void aHeaderLengthAboveTheLimitIsRefused() {
        byte[] text = header("I32", "[2,2]", "[0,16]").getBytes();
        assertCorrupt(SafetensorsBytes.of(0xffffff000000003cL, text, 16), "header length", "100000000");
        assertCorrupt(SafetensorsBytes.of(100_000_001, text, 16), "header length", "100000001");
    }

    @Test
    void truncatedHeaderIsRefusedWithTheFileName() {
        assertCorrupt(new byte[0], "truncated", "0 bytes");
        assertCorrupt(new byte[7], "truncated", "7 bytes");
        assertCorrupt(SafetensorsBytes.of(60, new byte[0], 0), "truncated header", "60 bytes");
    }

    @Test
    void aHeaderThatIsNotUtf8OrNotJsonIsRefused() {
        assertCorrupt(SafetensorsBytes.of(1, new byte[] {(byte) 0xff}, 0), "UTF-8");
        assertCorrupt(SafetensorsBytes.of("{", 0), "JSON");
        assertCorrupt(SafetensorsBytes.of("[]", 0), "JSON object");
        assertCorrupt(SafetensorsBytes.of("", 0), "JSON object");
        assertCorrupt(SafetensorsBytes.of("{} {}", 0), "after the JSON object");
        // "{}" in UTF-16: bytes that a guessing JSON reader takes for another encoding.
        assertCorrupt(SafetensorsBytes.of(4, new byte[] {'{', 0, '}', 0}, 0), "JSON");
    }

    @Test
    void aSizeThatDoesNotFollowFromTheShapeIsRefused() {
        assertCorrupt(SafetensorsBytes.of(header("I32", "[2,2]", "[0, 4]"), 4), "'test'", "4 bytes", "128 bits");
    }

    @Test
    void overflowingShapesAreRefused() {
        assertCorrupt(SafetensorsBytes.of(header("I32", "[2,18446744073709551614]", "[0,16]"), 16), "shape", "'test'");
        assertCorrupt(SafetensorsBytes.of(header("I32", "[2,9223372036854775807]", "[0,16]"), 16), "shape", "'test'");
        assertCorrupt(SafetensorsBytes.of(header("I32", "[4611686018427387904]", "[0,16]"), 16), "shape", "'test'");
    }

    @ParameterizedTest
    @CsvSource({"F4, '[3]', '[0,2]'", "F6_E2M3, '[1]', '[0,1]'", "F6_E3M2, '[5]', '[0,4]'"})
    void elementsThatDoNotFillWholeBytesAreRefused(String dtype, String shape, String offsets) {
        int bytes = offsets.charAt(3) - '0';
        assertCorrupt(SafetensorsBytes.of(header(dtype, shape, offsets), bytes), "'test'", "whole bytes");
    }

    @Test
    void aSoundFileOfATypeThatIsNotHeldIsRefusedByTheName() {
        assertThatThrownBy(() -> SafetensorsBytes.open(
                        directory, SafetensorsBytes.of(header("F8_E4M3", "[4]", "[0,4]"), 4)))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContainingAll("case.safetensors", "'test'", "F8_E4M3");
        assertCorrupt(SafetensorsBytes.of(header("FLOAT", "[1]", "[0,4]"), 4), "dtype", "FLOAT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"test\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                        + "\"test\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                "{\"test\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}",
                "{\"__metadata__\":{\"a\":1}}",
                "{\"__metadata__\":{\"a\":null}}",
                "{\"__metadata__\":[]}",
                "{\"test\":{\"shape\":[1],\"data_offsets\":[0,1]}}",
                "{\"test\":{\"dtype\":\"U8\",\"data_offsets\":[0,1]}}",
                "{\"test\":{\"dtype\":\"U8\",\"shape\":[1]}}",
                "{\"test\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0]}}",
                "{\"test\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,1]}}",
                "{\"test\":{\"dtype\":\"U8\",\"shape\":[1.0],\"data_offsets\":[0,1]}}",
                "{\"test\":{\"dtype\":\"U8\",\"shape\":[\"1\"],\"data_offsets\":[0,1]}}",
                "{\"test\":{\"dtype\":\"U8\",\"shape\":[-1],\"data_offsets\":[0,1]}}",
                "{\"test\":{\"dtype\":8,\"shape\":[1],\"data_offsets\":[0,1]}}",
                "{\"test\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"more\":{}}}",
                "{\"test\":null}",
                "{\"\\ud800\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                "{test:{}}",
                "{'test':{}}",
                "{} // note",
                "{\"test\":{\"dtype\":\"U8\",\"shape\":[[1]],\"data_offsets\":[0,1]}}"
            })
    void headersOutsideOfTheFormatAreRefused(String header) {
        assertCorrupt(SafetensorsBytes.of(header, 1));
    }

    @Test
    void deeplyNestedJsonIsRefusedInBoundedTime() {
        assertCorrupt(SafetensorsBytes.of("{\"test\":" + "[".repeat(1_000_000), 0));
        assertCorrupt(SafetensorsBytes.of("{\"test\":" + "{\"a\":".repeat(1_000_000), 0));
    }

    @Test
    void everyPlainTypeIsWidenedToFp32() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(-3).putDouble(0.1).putFloat(1.5f).putInt(-7).putShort((short) 0xc040).putShort((short) 0x3e00);
        data.putShort((short) -300).put((byte) -2).put((byte) 200).put((byte) 1);
        StringBuilder header = new StringBuilder("{");
        String[] dtypes = {"I64", "F64", "F32", "I32", "BF16", "F16", "I16", "I8", "U8", "BOOL"};
        int at = 0;
        for (String dtype : dtypes) {
            int end = at + DType.valueOf(dtype).bytes();
            header.append(at == 0 ? "" : ",").append("\"" + dtype + "\":{\"dtype\":\"" + dtype
                    + "\",\"shape\":[1],\"data_offsets\":[" + at + "," + end + "]}");
            at = end;
        }
        byte[] content = SafetensorsBytes.of(header + "}", at);
        System.arraycopy(data.array(), 0, content, content.length - at, at);
        float[] expected = {-3, 0.1f, 1.5f, -7, -3, 1.5f, -300, -2, 200, 1};
        try (SafetensorsFile file = SafetensorsBytes.open(directory, content)) {
            for (int i = 0; i < dtypes.length; i++) {
                ByteBuffer fp32 = ByteBuffer.allocateDirect(4).order(ByteOrder.LITTLE_ENDIAN);
                file.readFp32(dtypes[i], 0, fp32);
                assertThat(fp32.position()).isZero();
                assertThat(fp32.getFloat()).as(dtypes[i]).isEqualTo(expected[i]);
            }
        }
    }

    @Test
    void readingBeyondATensorAnUnknownNameAndAWrongBufferAreRefused() throws IOException {
        byte[] content = SafetensorsBytes.of(header("F32", "[4]", "[0,16]"), 16);
        try (SafetensorsFile file = SafetensorsBytes.open(directory, content)) {
            ByteBuffer three = ByteBuffer.allocateDirect(12).order(ByteOrder.LITTLE_ENDIAN);
            assertThatThrownBy(() -> file.readFp32("test", 2, three))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("'test'");
            assertThatThrownBy(() -> file.view("test", 1, 16)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> file.entry("tost"))
                    .isInstanceOf(TensorNotFoundException.class)
                    .hasMessageContainingAll("tost", "[test]", "case.safetensors");
            assertThatThrownBy(() -> file.readFp32("test", 0, ByteBuffer.allocateDirect(12)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("little-endian");
        }
    }
}

package org.bayling.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bayling.Shared;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
    @TempDir
    Path directory;

    private static TensorStore.Entry entry(String name, DType dtype, long... shape) {
        return TensorStore.Entry.of(name, dtype, TensorShape.of(shape));
    }

    @Test
    void theBytesAreThoseOfTheReferenceWriter() throws IOException {
        Path file = directory.resolve("one.safetensors");
        SafetensorsWriter.write(
                file,
                List.of(entry("attn0", DType.F32, 1, 1, 2, 3)),
                Map.of(),
                (tensor, sink) -> sink.write(ByteBuffer.wrap(new byte[24])),
                FaultPoint.NONE);
        byte[] header = "{\"attn0\":{\"dtype\":\"F32\",\"shape\":[1,1,2,3],\"data_offsets\":[0,24]}}       "
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(Files.readAllBytes(file)).isEqualTo(SafetensorsBytes.of(72, header, 24));
    }

    @Test
    void filesWrittenByHuggingFaceAreReproducedByteByByte() throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(Shared.path("golden/tiny"))) {
            files = tree.filter(path -> path.toString().endsWith(".safetensors")).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(20);
        Path copy = directory.resolve("copy.safetensors");
        for (Path file : files) {
            try (SafetensorsFile original = SafetensorsFile.open(file)) {
                List<TensorStore.Entry> entries =
                        new ArrayList<>(original.names().stream().map(original::entry).toList());
                Collections.shuffle(entries, new Random(1));
                SafetensorsWriter.write(
                        copy, entries, original.metadata(), TensorSource.of(original), FaultPoint.NONE);
            }
            assertThat(Files.mismatch(file, copy)).as(file.toString()).isEqualTo(-1);
        }
    }

    @Test
    void tensorsAreOrderedByAlignmentThenByNameInUtf8() throws IOException {
        try (AtomicFile file = AtomicFile.open(directory.resolve("order"), FaultPoint.NONE)) {
            // U+FFFD sorts before U+1F600 in UTF-8, behind it in UTF-16.
            List<String> order = SafetensorsWriter.start(
                            file.content(),
                            List.of(
                                    entry("a", DType.U8, 1),
                                    entry("\ud83d\ude00", DType.F32, 1),
                                    entry("b", DType.BF16, 1),
                                    entry("c", DType.F16, 1),
                                    entry("\ufffd", DType.F32, 1),
                                    entry("d", DType.I64, 1)),
                            Map.of())
                    .order()
                    .stream()
                    .map(TensorStore.Entry::name)
                    .toList();
            assertThat(order).containsExactly("d", "\ufffd", "\ud83d\ude00", "b", "c", "a");
        }
    }

    @Test
    void theDataBeginsOnAMultipleOfEight() throws IOException {
        for (int length = 1; length <= 9; length++) {
            Path file = directory.resolve("aligned-" + length);
            SafetensorsWriter.write(
                    file,
                    List.of(entry("n".repeat(length), DType.F64, 1)),
                    SafetensorsWriter.PT,
                    (tensor, sink) -> sink.write(ByteBuffer.wrap(new byte[8])),
                    FaultPoint.NONE);
            assertThat(Files.size(file) % 8).isZero();
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                assertThat(read.metadata()).isEqualTo(Map.of("format", "pt"));
            }
        }
    }

    @Test
    void bytesMustComeInOrderAndInTheDeclaredNumber() throws IOException {
        List<TensorStore.Entry> two = List.of(entry("a", DType.F32, 2), entry("b", DType.F32, 1));
        try (AtomicFile file = AtomicFile.open(directory.resolve("never"), FaultPoint.NONE)) {
            SafetensorsWriter writer = SafetensorsWriter.start(file.content(), two, Map.of());
            assertThatThrownBy(() -> writer.write("b", ByteBuffer.allocate(4)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'a' was expected");
            writer.write("a", ByteBuffer.allocate(4));
            assertThatThrownBy(writer::finish).hasMessageContaining("'a' got 4 of its 8 bytes");
            assertThatThrownBy(() -> writer.write("a", ByteBuffer.allocate(8))).hasMessageContaining("more than its 8");
            writer.write("a", ByteBuffer.allocate(4));
            writer.write("b", ByteBuffer.allocate(4));
            writer.finish();
            assertThatThrownBy(() -> writer.write("b", ByteBuffer.allocate(1))).hasMessageContaining("complete");
        }
        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(() -> SafetensorsWriter.write(
                        directory.resolve("twice"),
                        List.of(entry("a", DType.F32, 1), entry("a", DType.F32, 1)),
                        Map.of(),
                        (tensor, sink) -> {},
                        FaultPoint.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a'");
    }

    @Test
    void valuesAreRoundedOnceWhenTheTypeChanges() throws IOException {
        Path from = directory.resolve("fp32.safetensors");
        Path to = directory.resolve("bf16.safetensors");
        ByteBuffer values = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        values.putInt(0x3f808001).putInt(0x3f808000).flip();
        SafetensorsWriter.write(
                from, List.of(entry("a", DType.F32, 2)), Map.of(), (t, sink) -> sink.write(values), FaultPoint.NONE);
        try (SafetensorsFile store = SafetensorsFile.open(from)) {
            SafetensorsWriter.write(
                    to, List.of(entry("a", DType.BF16, 2)), Map.of(), TensorSource.of(store), FaultPoint.NONE);
        }
        try (SafetensorsFile store = SafetensorsFile.open(to)) {
            assertThat(store.view("a", 0, 4).getInt()).isEqualTo(0x3f803f81);
        }
    }
}

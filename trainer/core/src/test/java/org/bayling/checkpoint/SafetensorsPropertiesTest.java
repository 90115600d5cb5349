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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bayling.io.CorruptFileException;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileFormatException;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

class SafetensorsPropertiesTest {

    @Provide
    Arbitrary<Map<String, TensorStore.Entry>> tensors() {
        Arbitrary<List<Long>> shapes = Arbitraries.longs().between(0, 5).list().ofMaxSize(4);
        Arbitrary<String> names = Arbitraries.strings().ofMaxLength(12).filter(SafetensorsPropertiesTest::unicode);
        return Arbitraries.maps(names, shapes.flatMap(shape -> Arbitraries.of(DType.class)
                        .map(dtype -> TensorStore.Entry.of("", dtype, new TensorShape(shape)))))
                .ofMaxSize(6)
                .map(map -> {
                    Map<String, TensorStore.Entry> named = new LinkedHashMap<>();
                    map.forEach((name, e) -> named.put(name, TensorStore.Entry.of(name, e.dtype(), e.shape())));
                    return named;
                });
    }

    private static boolean unicode(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name) && !name.equals("__metadata__");
    }

    @Property(tries = 150)
    void whatIsWrittenIsRead(@ForAll("tensors") Map<String, TensorStore.Entry> tensors, @ForAll long seed)
            throws IOException {
        Path file = Files.createTempFile("round-trip", ".safetensors");
        Map<String, byte[]> content = new LinkedHashMap<>();
        Random random = new Random(seed);
        tensors.forEach((name, entry) -> {
            byte[] bytes = new byte[(int) entry.bytes()];
            random.nextBytes(bytes);
            content.put(name, bytes);
        });
        try {
            SafetensorsWriter.write(
                    file, tensors.values(), Map.of("key", "value"), inPieces(content, random), FaultPoint.NONE);
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                assertThat(read.names()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
                for (String name : tensors.keySet()) {
                    assertThat(read.entry(name)).isEqualTo(tensors.get(name));
                    assertThat(SafetensorsBytes.bytes(read, name)).isEqualTo(content.get(name));
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    private static TensorSource inPieces(Map<String, byte[]> content, Random random) {
        return (tensor, sink) -> {
            byte[] bytes = content.get(tensor.name());
            for (int at = 0; at < bytes.length; ) {
                int n = 1 + random.nextInt(bytes.length - at);
                sink.write(ByteBuffer.wrap(bytes, at, n));
                at += n;
            }
        };
    }

    /** A damaged file is either refused as such or still says what its bytes say; nothing else may happen. */
    @Property(tries = 1500)
    void aDamagedFileIsRefusedOrConsistent(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] content = damaged(random);
        Path file = Files.write(Files.createTempFile("damaged", ".safetensors"), content);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            long total = 0;
            for (String name : new ArrayList<>(read.names())) {
                total += SafetensorsBytes.bytes(read, name).length;
            }
            long header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
            assertThat(8 + header + total).isEqualTo(content.length);
        } catch (FileFormatException refused) {
            assertThat(refused).hasMessageContaining(file.toString());
            assertThat(refused.path()).isEqualTo(file);
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] damaged(Random random) {
        byte[] valid = SafetensorsBytes.of(
                "{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"model.norm.weight\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},"
                        + "\"lm_head.weight\":{\"dtype\":\"BF16\",\"shape\":[3,2],\"data_offsets\":[16,28]}} ",
                28);
        byte[] content = random.nextInt(4) == 0
                ? Arrays.copyOf(valid, random.nextInt(valid.length + 40))
                : valid.clone();
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && content.length > 0; i++) {
            int at = random.nextInt(content.length);
            content[at] = random.nextBoolean()
                    ? (byte) (content[at] ^ 1 << random.nextInt(8))
                    : (byte) "{}[]\",:0123456789 \\\u0000e-".charAt(random.nextInt(22));
        }
        return content;
    }

    @Property(tries = 200)
    void everyTruncationIsRefused(@ForAll long seed) throws IOException {
        byte[] valid = SafetensorsBytes.of("{\"a\":{\"dtype\":\"U8\",\"shape\":[40],\"data_offsets\":[0,40]}}", 40);
        int length = new Random(seed).nextInt(valid.length);
        Path file = Files.write(Files.createTempFile("cut", ".safetensors"), Arrays.copyOf(valid, length));
        try {
            assertThatThrownBy(() -> SafetensorsFile.open(file).close())
                    .isInstanceOf(CorruptFileException.class);
        } finally {
            Files.delete(file);
        }
    }
}

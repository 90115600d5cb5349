package org.bayling.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the files back with a parser of its own, whose checksum is the bitwise definition of CRC-32C. */
class TensorBoardWriterTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_500L));

    @TempDir
    Path directory;

    private record Event(double wallTime, long step, String version, boolean start, Map<String, Float> scalars) {}

    private List<Event> written(RunEvent... events) throws IOException {
        try (TensorBoardWriter writer = TensorBoardWriter.create(directory, 2, CLOCK, "host")) {
            for (RunEvent event : events) {
                writer.on(event);
            }
        }
        return parse(files().get(0));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void scalarsHaveTheTagsThatHuggingFaceWrites() throws IOException {
        List<Event> events = written(
                Events.started(1, 3),
                Events.step(1, Duration.ofSeconds(1)),
                Events.step(2, Duration.ofSeconds(1)),
                Events.evaluated(2, 1.5, true),
                Events.step(3, Double.NaN, Duration.ofSeconds(1), true));

        assertThat(events).hasSize(5);
        assertThat(events.get(0)).isEqualTo(new Event(1_700_000_000.5, 0, "brain.Event:2", false, Map.of()));
        assertThat(events.get(1)).isEqualTo(new Event(1_700_000_000.5, 1, "", true, Map.of()));
        assertThat(events.get(2).step()).isEqualTo(2);
        assertThat(events.get(2).scalars())
                .containsEntry("train/loss", 3f)
                .containsEntry("train/learning_rate", 2e-4f)
                .containsEntry("train/grad_norm", 1f)
                .containsEntry("train/tokens_per_second", 100f)
                .containsEntry("train/loss_by/language/de", 3f);
        assertThat(events.get(3).scalars()).containsEntry("eval/loss", 1.5f).containsEntry("eval/runtime", 2.5f);
        assertThat(events.get(4).scalars().get("train/loss")).isNaN();
    }

    @Test
    void fileNameIsOneThatTensorBoardLooksForAndIsNeverReused() throws IOException {
        written(Events.started(1, 3));
        written(Events.started(2, 3));

        long process = ProcessHandle.current().pid();
        assertThat(files()).extracting(p -> p.getFileName().toString()).containsExactly(
                "events.out.tfevents.1700000000.host." + process + ".0",
                "events.out.tfevents.1700000000.host." + process + ".1");
    }

    @Test
    void largeStepsAndLongTagsAreWrittenInSeveralBytes() throws IOException {
        byte[] message = TensorBoardRecords.scalars(1.0, 3_000_000_000L, Map.of("训练/" + "x".repeat(300), 1.0));

        Event event = event(ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN));

        assertThat(event.step()).isEqualTo(3_000_000_000L);
        assertThat(event.scalars()).containsOnlyKeys("训练/" + "x".repeat(300));
    }

    @Test
    void checksumIsTheOneOfTheKnownVector() {
        assertThat(crc32c("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xE3069283);
    }

    private static List<Event> parse(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = take(in, 8);
            assertThat(in.getInt()).isEqualTo(masked(length));
            byte[] message = take(in, (int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
            assertThat(in.getInt()).isEqualTo(masked(message));
            events.add(event(ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN)));
        }
        return events;
    }

    private static Event event(ByteBuffer in) {
        double wallTime = Double.NaN;
        long step = 0;
        String version = "";
        boolean start = false;
        Map<String, Float> scalars = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            switch (in.get()) {
                case 0x09 -> wallTime = in.getDouble();
                case 0x10 -> step = varint(in);
                case 0x1a -> version = new String(take(in, (int) varint(in)), StandardCharsets.UTF_8);
                case 0x2a -> scalars(slice(in), scalars);
                case 0x3a -> start = slice(in).equals(ByteBuffer.wrap(new byte[] {8, 1}));
                default -> throw new AssertionError("unknown field before byte " + in.position());
            }
        }
        return new Event(wallTime, step, version, start, scalars);
    }

    private static void scalars(ByteBuffer summary, Map<String, Float> scalars) {
        while (summary.hasRemaining()) {
            assertThat(summary.get()).isEqualTo((byte) 0x0a);
            ByteBuffer value = slice(summary);
            assertThat(value.get()).isEqualTo((byte) 0x0a);
            String tag = new String(take(value, (int) varint(value)), StandardCharsets.UTF_8);
            assertThat(value.get()).isEqualTo((byte) 0x15);
            scalars.put(tag, value.getFloat());
            assertThat(value.hasRemaining()).isFalse();
        }
    }

    private static ByteBuffer slice(ByteBuffer in) {
        return ByteBuffer.wrap(take(in, (int) varint(in))).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] take(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static int masked(byte[] data) {
        int crc = crc32c(data);
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    private static int crc32c(byte[] data) {
        int crc = ~0;
        for (byte b : data) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
            }
        }
        return ~crc;
    }
}

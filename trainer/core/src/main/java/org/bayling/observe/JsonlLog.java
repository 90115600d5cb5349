package org.bayling.observe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code log.jsonl}, the source of truth of a run; this package's description specifies its rows. Each row reaches
 * the system at once, so that the end of the process loses none, and the disk at {@link #sync}.
 */
public final class JsonlLog implements RunObserver {

    /** Keys whose values depend on the machine and the hour, not on the computation. */
    public static final List<String> WALL_TIME_KEYS =
            List.of("elapsed_time", "remaining_time", "throughput", "step_time", "rss_bytes", "time");

    private final FileChannel channel;
    private final LogRowWriter rows;
    private final InstantSource clock;

    private JsonlLog(FileChannel channel, LogRowWriter rows, InstantSource clock) {
        this.channel = channel;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * Opens the log to append to it, after dropping what an earlier process wrote beyond {@code resumeStep}.
     *
     * @param resumeStep step of the checkpoint that the run goes on from; 0 for a new run
     * @throws IOException when the file cannot be written, or a line that is to be kept is damaged
     */
    public static JsonlLog open(Path file, long resumeStep) throws IOException {
        return open(file, resumeStep, InstantSource.system(), ProcessMemory::now);
    }

    static JsonlLog open(
            Path file, long resumeStep, InstantSource clock, Supplier<Optional<ProcessMemory>> memory)
            throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        LogRowWriter rows = new LogRowWriter(memory);
        if (Files.exists(file)) {
            cut(file, resumeStep);
            replay(file, rows::passOver);
        }
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        return new JsonlLog(channel, rows, clock);
    }

    @Override
    public void on(RunEvent event) throws IOException {
        ObjectNode row = rows.row(event);
        row.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        ByteBuffer line = StandardCharsets.UTF_8.encode(row + "\n");
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /** Makes all rows so far outlast a power cut; call it before a checkpoint of the same step is published. */
    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            sync();
        }
    }

    /**
     * Tells all events of a log again, in order. A half-written last line is passed over.
     *
     * @throws IOException when the file cannot be read or a line before the last is damaged
     */
    public static void replay(Path file, RunObserver observer) throws IOException {
        LogRowReader reader = new LogRowReader();
        forEachRow(file, Long.MAX_VALUE, (line, row) -> {
            Optional<RunEvent> event = reader.event(row);
            if (event.isPresent()) {
                observer.on(event.get());
            }
        });
    }

    /** The rows of steps and evaluations without {@link #WALL_TIME_KEYS}: equal for runs that computed the same. */
    public static List<String> comparable(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        forEachRow(file, Long.MAX_VALUE, (line, row) -> {
            String event = row.path("event").asText();
            if (event.equals("step") || event.equals("eval")) {
                lines.add(row.remove(WALL_TIME_KEYS).toString());
            }
        });
        return lines;
    }

    private static void cut(Path file, long resumeStep) throws IOException {
        Path kept = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (FileChannel out = FileChannel.open(
                    kept,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                forEachRow(file, resumeStep, (line, row) -> {
                    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                });
                out.force(true);
            }
            Files.move(kept, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(kept);
        }
    }

    @FunctionalInterface
    private interface RowConsumer {
        void accept(String line, ObjectNode row) throws IOException;
    }

    /** Rows up to a step. Damaged lines are passed over only when no row that is wanted comes after them. */
    private static void forEachRow(Path file, long lastStep, RowConsumer consumer) throws IOException {
        LogRowReader reader = new LogRowReader();
        long damaged = 0;
        long number = 0;
        try (BufferedReader lines =
                // unlike Files.newBufferedReader, this replaces bytes that are not UTF-8 and lets the row be judged
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                Optional<ObjectNode> row = reader.row(line);
                if (row.isEmpty()) {
                    damaged = damaged == 0 ? number : damaged;
                } else if (row.get().path("current_steps").asLong() <= lastStep) {
                    if (damaged != 0) {
                        throw new IOException(file + ":" + damaged + ": this line of the log is damaged, and rows"
                                + " after it are needed. Remove the line, or move the file away to go on with a new"
                                + " log.");
                    }
                    consumer.accept(line, row.get());
                }
            }
        }
    }
}

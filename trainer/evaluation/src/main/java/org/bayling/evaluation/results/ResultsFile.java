package org.bayling.evaluation.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.bayling.data.DataException;

/**
 * What an evaluation has computed, item by item, appended as it is known, so that one that was interrupted goes on where
 * it stopped. The format stands in the package's description. Locked while it is open; for one thread.
 */
public final class ResultsFile implements AutoCloseable {
    private static final String ITEM = "item";
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path path;
    private final FileChannel channel;
    private final Kind kind;
    private final Map<String, ObjectNode> known = new HashMap<>();

    private ResultsFile(Path path, FileChannel channel, Kind kind) {
        this.path = path;
        this.channel = channel;
        this.kind = kind;
    }

    /**
     * What a file holds.
     *
     * @param format its name in the first line: {@code bayling-choice}
     * @param sound whether an item has the fields that it must have
     */
    public record Kind(String format, Predicate<ObjectNode> sound) {}

    /**
     * Opens or creates a file. A last line that was cut off by the end of a process is removed.
     *
     * @param kind what it must hold
     * @param fingerprint of the model; another one in the file is refused
     * @param model for people who look into the file
     * @throws DataException when the file is not of this format or of another model
     * @throws FileSystemException when another process has it open
     */
    public static ResultsFile open(Path path, Kind kind, String fingerprint, String model) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        ResultsFile file = new ResultsFile(path, channel, kind);
        try {
            file.lock();
            file.read(fingerprint, model);
            return file;
        } catch (IOException | RuntimeException problem) {
            channel.close();
            throw problem;
        }
    }

    /** Items that are known. */
    public int size() {
        return known.size();
    }

    /** The item under a key, if it is there. */
    public Optional<ObjectNode> of(String key) {
        return Optional.ofNullable(known.get(key));
    }

    /**
     * Writes items at the end, all in one piece.
     *
     * @param items by key, in the order of writing; the fields of each beside its key
     */
    public void append(LinkedHashMap<String, ObjectNode> items) throws IOException {
        StringBuilder lines = new StringBuilder();
        items.forEach((key, fields) -> {
            ObjectNode line = JsonNodeFactory.instance.objectNode().put(ITEM, key);
            line.setAll(fields);
            lines.append(line).append('\n');
        });
        write(lines.toString());
        known.putAll(items);
    }

    private void lock() throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            lock = null;
        }
        if (lock == null) {
            throw new FileSystemException(
                    path.toString(), null, "another evaluation is writing to it; wait for that, or name another file");
        }
    }

    private void read(String fingerprint, String model) throws IOException {
        String text = Files.readString(path, StandardCharsets.ISO_8859_1); // lines are split before they are decoded
        int end = text.lastIndexOf('\n') + 1;
        channel.truncate(end).position(end);
        if (end == 0) {
            ObjectNode header = JsonNodeFactory.instance.objectNode();
            header.put("format", kind.format()).put("version", VERSION);
            header.put("fingerprint", fingerprint).put("model", model);
            write(header + "\n");
            return;
        }
        int number = 1;
        for (String line : text.substring(0, end - 1).split("\n", -1)) {
            JsonNode node = parse(line, number);
            if (number == 1) {
                check(node, fingerprint);
            } else {
                keep(node, number);
            }
            number++;
        }
    }

    private void check(JsonNode header, String fingerprint) throws DataException {
        if (!kind.format().equals(header.path("format").asText()) || header.path("version").asInt() != VERSION) {
            throw new DataException(path + ": is no file of results (" + kind.format() + ", version " + VERSION
                    + "); name another one");
        }
        if (!fingerprint.equals(header.path("fingerprint").asText())) {
            throw new DataException(path + ": holds results of another model (" + header.path("model").asText()
                    + "), or that model's files have changed; remove it or name another file");
        }
    }

    private JsonNode parse(String line, int number) throws DataException {
        try {
            return MAPPER.readTree(line.getBytes(StandardCharsets.ISO_8859_1));
        } catch (JsonProcessingException damaged) {
            throw damaged(number, damaged);
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory can be read", impossible);
        }
    }

    private void keep(JsonNode node, int number) throws DataException {
        if (!(node instanceof ObjectNode item) || !item.path(ITEM).isTextual() || !kind.sound().test(item)) {
            throw damaged(number, null);
        }
        known.put(item.remove(ITEM).asText(), item);
    }

    private DataException damaged(int number, Throwable cause) {
        return new DataException(path + ":" + number + ": is damaged; remove the line and run again", cause);
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Forces everything to disk. */
    @Override
    public void close() throws IOException {
        try (FileChannel closed = channel) {
            closed.force(true);
        }
    }
}

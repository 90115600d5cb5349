package org.bayling.evaluation.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bayling.data.DataException;

/**
 * The items of an evaluation, read one group at a time: what is in memory is where each group lies, and the group that
 * is asked for. For one thread.
 */
public final class ItemsFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path path;
    private final Map<Group, List<Span>> groups = new LinkedHashMap<>();

    /** The items of one task in one language or direction. */
    public record Group(String task, Optional<String> source, String language) {}

    /** Lines that follow each other: the first one's place, and how many. */
    private record Span(long offset, int line, int lines) {}

    private ItemsFile(Path path) {
        this.path = path;
    }

    /**
     * Looks through the items of a folder; where it has none there are no groups.
     *
     * @throws DataException naming file and line of an item that cannot be read
     */
    public static ItemsFile open(Path folder) throws IOException {
        ItemsFile file = new ItemsFile(folder.resolve(EvaluationFolder.ITEMS));
        if (Files.isRegularFile(file.path)) {
            file.index();
        }
        return file;
    }

    /** In the order of the file. */
    public Set<Group> groups() {
        return groups.keySet();
    }

    /** The items of a group in the order of the file; none of a group that is not there. */
    public List<ResultItem> read(Group group) throws IOException {
        List<ResultItem> items = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(path)) {
            for (Span span : groups.getOrDefault(group, List.of())) {
                channel.position(span.offset());
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
                for (int i = 0; i < span.lines(); i++) {
                    items.add(parse(line(in), span.line() + i));
                }
            }
        }
        return items;
    }

    private void index() throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            Group last = null;
            Span span = null;
            long offset = 0;
            int number = 1;
            for (byte[] line = line(in); line.length > 0; line = line(in)) {
                ResultItem item = parse(line, number);
                Group group = new Group(item.task(), item.source(), item.language());
                if (!group.equals(last)) {
                    keep(last, span);
                    span = new Span(offset, number, 0);
                    last = group;
                }
                span = new Span(span.offset(), span.line(), span.lines() + 1);
                offset += line.length;
                number++;
            }
            keep(last, span);
        }
    }

    private void keep(Group group, Span span) {
        if (group != null) {
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(span);
        }
    }

    private ResultItem parse(byte[] line, int number) throws DataException {
        try {
            return ResultsJson.item(MAPPER.readTree(line));
        } catch (IllegalArgumentException wrong) {
            throw new DataException(path + ":" + number + ": " + wrong.getMessage() + "; evaluate again", wrong);
        } catch (JsonProcessingException damaged) {
            throw new DataException(path + ":" + number + ": is no JSON; evaluate again", damaged);
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory can be read", impossible);
        }
    }

    /** The next line with its line feed; empty at the end. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }
}

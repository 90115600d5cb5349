package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.bayling.observe.TaskProgress;

/**
 * The text in files, in their order, to learn a vocabulary from. JSON, JSONL, CSV, TSV and Parquet files give the text in
 * some of their columns; files with other endings are text themselves. Plain, gzip or zstd; a few rows or 64 Ki characters
 * are in memory at a time.
 */
public final class TextFiles {
    /** Columns that hold text in the data that this program reads and writes. */
    public static final List<String> DEFAULT_COLUMNS = List.of("text", "messages");

    private static final int CHUNK = 1 << 16;
    private static final List<String> INSIDE_A_MESSAGE = List.of("content", "value", "text");

    private final List<Path> files;
    private final List<String> columns;

    /**
     * @param inputs files, folders or globs
     * @param columns of rows: a string, or a list of strings or of messages with {@code content} or {@code value}
     * @throws DataException when there is no such file
     */
    public TextFiles(List<String> inputs, List<String> columns) throws IOException {
        this.files = DataFiles.list("--input", inputs);
        this.columns = List.copyOf(columns);
    }

    /**
     * Gives every text to the consumer.
     *
     * @throws DataException when a file cannot be read on, or a row has none of the columns; the message names file and
     *     line
     */
    public void read(Consumer<String> texts, TaskProgress progress) throws IOException {
        long total = 0;
        for (Path file : files) {
            total += Files.size(file);
        }
        long before = 0;
        for (Path file : files) {
            long start = before;
            long all = total;
            ByteProgress bytes = read -> progress.on("reading text", Math.min(start + read, all - 1), all, "bytes");
            if (DataFiles.isData(file)) {
                DataFiles.reader(file).read(file, (row, read) -> {
                    readRow(row, texts);
                    bytes.at(read);
                    return true;
                });
            } else {
                readText(file, texts, bytes);
            }
            before += Files.size(file);
        }
        progress.on("reading text", total, total, "bytes");
    }

    @FunctionalInterface
    private interface ByteProgress {
        void at(long read);
    }

    private void readRow(Row row, Consumer<String> texts) throws DataException {
        JsonNode fields;
        try {
            fields = row.content().parse();
        } catch (BadRowException problem) {
            throw new DataException(row.origin() + ": " + problem.getMessage(), problem);
        }
        boolean any = false;
        for (String column : columns) {
            JsonNode value = fields.path(column);
            any |= !value.isMissingNode();
            accept(value, column, row.origin(), texts);
        }
        if (!any) {
            throw new DataException(row.origin() + ": has none of the columns " + columns + "; it has "
                    + names(fields) + ". Name the columns that hold text with --column");
        }
    }

    private static void accept(JsonNode value, String column, Origin origin, Consumer<String> texts)
            throws DataException {
        if (value.isTextual()) {
            try {
                texts.accept(RowFields.sound("'" + column + "'", value.textValue()));
            } catch (BadRowException problem) {
                throw new DataException(origin + ": " + problem.getMessage(), problem);
            }
        } else if (value.isArray()) {
            for (JsonNode each : value) {
                accept(each, column, origin, texts);
            }
        } else if (value.isObject()) {
            for (String inside : INSIDE_A_MESSAGE) {
                accept(value.path(inside), column + "." + inside, origin, texts);
            }
        } else if (!value.isNull() && !value.isMissingNode()) {
            throw new DataException(origin + ": '" + column + "' is " + RowFields.type(value)
                    + ", expected a string or a list of messages");
        }
    }

    private static String names(JsonNode fields) {
        return fields.isObject() ? "" + fields.properties().stream().map(field -> field.getKey()).toList()
                : "no columns at all";
    }

    /** Whole lines, as many as a chunk holds; a longer line is cut. */
    private static void readText(Path file, Consumer<String> texts, ByteProgress bytes) throws IOException {
        char[] chunk = new char[CHUNK];
        int held = 0;
        try (StoredFile stored = StoredFile.open(file)) {
            Reader reader = stored.characters();
            for (int read = reader.read(chunk); read >= 0; read = reader.read(chunk, held, CHUNK - held)) {
                held += read;
                int whole = wholeLines(chunk, held);
                if (whole > 0) {
                    texts.accept(new String(chunk, 0, whole));
                    System.arraycopy(chunk, whole, chunk, 0, held - whole);
                    held -= whole;
                }
                bytes.at(stored.bytesRead());
            }
            if (held > 0) {
                texts.accept(new String(chunk, 0, held));
            }
        } catch (CharacterCodingException problem) {
            throw new DataException(file + ": holds bytes that are not UTF-8; convert it to UTF-8 first", problem);
        } catch (ZipException | EOFException | com.github.luben.zstd.ZstdIOException problem) {
            throw new DataException(
                    file + ": the compressed data are damaged or cut off: " + problem.getMessage(), problem);
        }
    }

    /** How many characters end with the last line break; all of a full chunk without one. */
    private static int wholeLines(char[] chunk, int held) {
        for (int i = held; i > 0; i--) {
            if (chunk[i - 1] == '\n') {
                return i;
            }
        }
        if (held < chunk.length) {
            return 0;
        }
        return Character.isHighSurrogate(chunk[held - 1]) ? held - 1 : held;
    }
}

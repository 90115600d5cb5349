package org.bayling.corpus.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bayling.data.DataException;
import org.bayling.data.StoredFile;

/** The lines of a text file, plain, gzip or zstd, in strict UTF-8; one line is in memory at a time. */
final class TextLines implements AutoCloseable {
    private static final int LONGEST = 1 << 20;

    private final Path file;
    private final StoredFile stored;
    private final InputStream bytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;

    private TextLines(Path file, StoredFile stored) {
        this.file = file;
        this.stored = stored;
        this.bytes = stored.bytes();
    }

    static TextLines open(Path file) throws IOException {
        return new TextLines(file, SourceFiles.open(file));
    }

    /**
     * The next line without its end, or null behind the last.
     *
     * @throws DataException naming file and line, when it is not UTF-8, longer than 1 MiB, or cannot be decompressed
     */
    String next() throws IOException {
        line.reset();
        number++;
        int read;
        while ((read = read()) >= 0 && read != '\n') {
            line.write(read);
            if (line.size() > LONGEST) {
                throw at("the line is longer than 1 MiB; is this a text file?", null);
            }
        }
        if (read < 0 && line.size() == 0) {
            return null;
        }
        String text = decoded();
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Number of the line read last, from 1. */
    long number() {
        return number;
    }

    /** A fault at the line read last. */
    DataException at(String message, Throwable cause) {
        return new DataException(file + ":" + number + ": " + message, cause);
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }

    private int read() throws IOException {
        try {
            return bytes.read();
        } catch (IOException e) {
            throw at("cannot be read on, the compressed data are damaged or cut off: " + e.getMessage(), e);
        }
    }

    private String decoded() throws DataException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw at("holds bytes that are not UTF-8; convert the file to UTF-8", e);
        }
    }
}

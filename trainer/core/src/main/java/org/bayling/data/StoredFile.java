package org.bayling.data;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A text file as it lies on disk, plain, gzip or zstd (told by its first bytes, not by its name), opened for reading
 * once. A byte order mark at the beginning is left out.
 */
public final class StoredFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Counted stored;
    private final BufferedInputStream content;

    private StoredFile(Counted stored, BufferedInputStream content) {
        this.stored = stored;
        this.content = content;
    }

    /** @throws DataException when the file's beginning cannot be read, as of broken gzip; the message names it */
    public static StoredFile open(Path file) throws IOException {
        Counted stored = new Counted(Files.newInputStream(file));
        try {
            BufferedInputStream raw = new BufferedInputStream(stored, BUFFER);
            BufferedInputStream content = new BufferedInputStream(decompressed(raw), BUFFER);
            skipByteOrderMark(content);
            return new StoredFile(stored, content);
        } catch (IOException e) {
            stored.close();
            throw new DataException(file + ":1: cannot be read: " + e.getMessage(), e);
        }
    }

    /** The bytes of the content. */
    public InputStream bytes() {
        return content;
    }

    /** The characters of the content; bytes that are not UTF-8 give a CharacterCodingException. */
    public Reader characters() {
        return new InputStreamReader(content, StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** Bytes read from disk so far. */
    public long bytesRead() {
        return stored.count;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private static InputStream decompressed(BufferedInputStream raw) throws IOException {
        raw.mark(4);
        byte[] magic = raw.readNBytes(4);
        raw.reset();
        if (magic.length >= 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
            return new GZIPInputStream(raw, BUFFER);
        }
        if (magic.length == 4
                && (magic[0] & 0xff) == 0x28
                && (magic[1] & 0xff) == 0xb5
                && (magic[2] & 0xff) == 0x2f
                && (magic[3] & 0xff) == 0xfd) {
            return new ZstdInputStream(raw);
        }
        return raw;
    }

    private static void skipByteOrderMark(BufferedInputStream content) throws IOException {
        content.mark(3);
        byte[] mark = content.readNBytes(3);
        if (mark.length < 3 || (mark[0] & 0xff) != 0xef || (mark[1] & 0xff) != 0xbb || (mark[2] & 0xff) != 0xbf) {
            content.reset();
        }
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}

package org.bayling.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes a token cache: samples one after another into a temporary file, and the whole under its name only when it is
 * complete and on disk. Closing without {@link #publish} leaves nothing behind. Used by one thread.
 */
final class TokenCacheWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final Path target;
    private final Path tokensPath;
    private final Path indexPath;
    private final Output tokens;
    private final Output index;
    private long samples;
    private long tokenCount;

    TokenCacheWriter(Path target) throws IOException {
        this.target = target;
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        tokensPath = Files.createTempFile(folder, target.getFileName().toString(), ".tmp");
        indexPath = Files.createTempFile(folder, target.getFileName().toString(), ".index.tmp");
        tokens = new Output(tokensPath);
        index = new Output(indexPath);
        tokens.room(TokenCache.HEADER).put(TokenCache.MAGIC).putInt(TokenCache.VERSION).putInt(0);
    }

    /** Appends one sample; {@code tags} is an index into the tags of the footer. */
    void add(EncodedSample sample, int trainedBytes, int tags) throws IOException {
        index.room(TokenCache.RECORD)
                .putLong(tokens.written())
                .putInt(sample.length())
                .putInt(sample.trainedTokens())
                .putInt(trainedBytes)
                .putInt(tags);
        for (int t = 0; t < sample.length(); t++) {
            int flag = sample.trained()[t] ? TokenCache.TRAINED : 0;
            tokens.room(Integer.BYTES).putInt(sample.ids()[t] | flag);
        }
        samples++;
        tokenCount += sample.length();
    }

    long samples() {
        return samples;
    }

    long tokens() {
        return tokenCount;
    }

    /** Adds index, footer and checksum, and gives the file its name in one step. */
    void publish(TokenCache.Summary summary) throws IOException {
        long indexOffset = tokens.written();
        index.flush();
        try (FileChannel written = FileChannel.open(indexPath, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (written.read(buffer) >= 0) {
                tokens.write(buffer.flip());
                buffer.clear();
            }
        }
        long footerOffset = tokens.written();
        byte[] footer = CacheFooter.write(summary);
        tokens.write(ByteBuffer.wrap(footer));
        tokens.room(TokenCache.TRAILER).putLong(indexOffset).putLong(footerOffset).putInt(footer.length);
        tokens.flush();
        tokens.room(Integer.BYTES).putInt((int) tokens.crc.getValue());
        tokens.flush();
        tokens.channel.force(true);
        tokens.channel.close();
        Files.move(tokensPath, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        try (tokens; index) {
            Files.deleteIfExists(tokensPath);
            Files.deleteIfExists(indexPath);
        }
    }

    /** A file written through one buffer, with its checksum. */
    private static final class Output implements AutoCloseable {
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        private final CRC32C crc = new CRC32C();
        private long flushed;

        Output(Path path) throws IOException {
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
        }

        /** The buffer with at least so many bytes free. */
        ByteBuffer room(int bytes) throws IOException {
            if (buffer.remaining() < bytes) {
                flush();
            }
            return buffer;
        }

        void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                ByteBuffer free = room(1);
                int length = Math.min(free.remaining(), bytes.remaining());
                free.put(bytes.slice().limit(length));
                bytes.position(bytes.position() + length);
            }
        }

        long written() {
            return flushed + buffer.position();
        }

        void flush() throws IOException {
            buffer.flip();
            crc.update(buffer.duplicate());
            flushed += buffer.remaining();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

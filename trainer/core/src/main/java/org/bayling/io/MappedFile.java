package org.bayling.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A read-only mapping of a whole file of any size.
 *
 * <p>The file is mapped in regions that start every 1 GiB and are up to 2 GiB long, so that every view of at most 1 GiB
 * lies in one region whatever its offset; longer views get a mapping of their own. Regions are mapped on first use.
 *
 * <p>After {@link #close()} no new views are given. Views handed out before stay readable as long as they are reachable;
 * the system takes the memory back after that (Java 17 has no safe way to unmap earlier). The file must not be
 * truncated while it is mapped. Safe for use by several threads.
 */
public final class MappedFile implements AutoCloseable {
    private static final long STRIDE = 1L << 30;

    private final Path path;
    private final FileChannel channel;
    private final long length;
    private final AtomicReferenceArray<MappedByteBuffer> regions;

    private MappedFile(Path path, FileChannel channel, long length) {
        this.path = path;
        this.channel = channel;
        this.length = length;
        this.regions = new AtomicReferenceArray<>(Math.toIntExact(length / STRIDE + 1));
    }

    /** Opens the file; an error names it when it is missing, a directory, or unreadable. */
    public static MappedFile open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(path + ": is a directory, expected a file");
        }
        if (!Files.exists(path)) {
            throw new IOException(path + ": there is no such file");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new MappedFile(path, channel, channel.size());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the file lies. */
    public Path path() {
        return path;
    }

    /** Bytes in the file when it was opened. */
    public long length() {
        return length;
    }

    /**
     * A read-only, direct, little-endian view; position 0, limit {@code bytes}.
     *
     * @throws IndexOutOfBoundsException when the range leaves the file
     */
    public ByteBuffer view(long offset, int bytes) throws IOException {
        if (offset < 0 || bytes < 0 || offset > length - bytes) {
            throw new IndexOutOfBoundsException(
                    path + ": bytes [" + offset + ", +" + bytes + ") leave the file of " + length + " bytes");
        }
        if (!channel.isOpen()) {
            throw new IOException(path + ": the file was closed");
        }
        int region = (int) (offset / STRIDE);
        long start = region * STRIDE;
        if (offset + bytes - start > Integer.MAX_VALUE) {
            return channel.map(MapMode.READ_ONLY, offset, bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        return region(region).slice((int) (offset - start), bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private MappedByteBuffer region(int index) throws IOException {
        MappedByteBuffer mapped = regions.get(index);
        if (mapped == null) {
            long start = index * STRIDE;
            mapped = channel.map(MapMode.READ_ONLY, start, Math.min(Integer.MAX_VALUE, length - start));
            // Two threads may map the same region; the first one in is kept, the other is dropped unused.
            if (!regions.compareAndSet(index, null, mapped)) {
                mapped = regions.get(index);
            }
        }
        return mapped;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        for (int i = 0; i < regions.length(); i++) {
            regions.set(i, null);
        }
    }
}

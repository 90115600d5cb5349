package org.bayling.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A new file that is being written front to back, with its checksum taken on the way.
 *
 * <p>{@link #seal()} forces it to disk; a file closed without it must not be relied on. Made by {@link AtomicFile} and
 * {@link AtomicDirectory}, which give it its final name.
 */
public final class DurableFile implements WritableByteChannel {
    private static final int BLOCK = 8 << 20;

    private final Path path;
    private final FileChannel channel;
    private final FaultPoint faults;
    private final Checksum checksum = new Checksum();
    private FileDigest digest;

    private DurableFile(Path path, FileChannel channel, FaultPoint faults) {
        this.path = path;
        this.channel = channel;
        this.faults = faults;
    }

    static DurableFile create(Path path, FaultPoint faults) throws IOException {
        return new DurableFile(
                path, FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), faults);
    }

    /** The temporary place of the file. */
    public Path path() {
        return path;
    }

    /** Writes all remaining bytes, in blocks, and moves the buffer's position to its limit. */
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int total = bytes.remaining();
        while (bytes.hasRemaining()) {
            ByteBuffer block = bytes.slice(bytes.position(), Math.min(BLOCK, bytes.remaining()));
            bytes.position(bytes.position() + block.remaining());
            checksum.update(block);
            faults.reached(FaultPoint.Moment.BEFORE_WRITE, path);
            writeAll(channel, block, path);
            faults.reached(FaultPoint.Moment.AFTER_WRITE, path);
        }
        return total;
    }

    /**
     * Writes all remaining bytes.
     *
     * @param path where the channel writes to
     * @throws FileSystemException naming the file, when the disk is full or the like; the channel's exception does not
     */
    public static void writeAll(WritableByteChannel channel, ByteBuffer bytes, Path path) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            FileSystemException named = new FileSystemException(path.toString(), null, e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    /** Forces the bytes to disk and closes the file; later calls give the same digest again. */
    public FileDigest seal() throws IOException {
        if (digest == null) {
            faults.reached(FaultPoint.Moment.BEFORE_FSYNC, path);
            channel.force(true);
            faults.reached(FaultPoint.Moment.AFTER_FSYNC, path);
            channel.close();
            digest = checksum.finish();
        }
        return digest;
    }

    /** True when {@link #seal()} was completed. */
    public boolean sealed() {
        return digest != null;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes the file without forcing it; no effect after {@link #seal()}. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    static void forceDirectory(Path directory, FaultPoint faults) throws IOException {
        faults.reached(FaultPoint.Moment.BEFORE_FSYNC, directory);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
        faults.reached(FaultPoint.Moment.AFTER_FSYNC, directory);
    }
}

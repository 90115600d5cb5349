package org.bayling.io;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.UUID;

/**
 * The right to write to a run, held by one process at a time.
 *
 * <p>The operating system drops the lock when the process ends in whatever way, so a file left by a killed process is
 * simply taken over. The file stays after {@link #close()}: removing it would let two others lock two files of one name.
 */
public final class RunLock implements AutoCloseable {
    /** The name of the lock file in the directory of a run. */
    public static final String FILE_NAME = ".lock";

    private static final int MAX_BYTES = 4096;

    private final Path file;
    private final FileChannel channel;
    private final String takenOverFrom;

    private RunLock(Path file, FileChannel channel, String takenOverFrom) {
        this.file = file;
        this.channel = channel;
        this.takenOverFrom = takenOverFrom;
    }

    /**
     * Takes the lock of a run at once or not at all.
     *
     * @param directory the run, made when it is missing
     * @throws RunLockedException when another process, or another part of this one, holds it
     */
    public static RunLock acquire(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(FILE_NAME);
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            String before = holder(channel);
            if (!locked(channel)) {
                throw new RunLockedException(
                        directory + ": is in use by " + before
                                + "; wait for it to end, stop it, or choose another output_dir",
                        before);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(ownText().getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
            return new RunLock(file, channel, before);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** The lock file. */
    public Path file() {
        return file;
    }

    /** What an owner that died without releasing the lock wrote of itself; empty after an orderly end. */
    public String takenOverFrom() {
        return takenOverFrom;
    }

    private static String ownText() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown";
        }
        return "pid=" + ProcessHandle.current().pid() + "\nhost=" + host + "\nstarted="
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\nid=" + UUID.randomUUID() + "\n";
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return "";
        }
        Properties values = new Properties();
        try {
            values.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            return "an unknown process (its lock file is unreadable)";
        }
        return "pid " + values.getProperty("pid", "unknown") + " on host " + values.getProperty("host", "unknown")
                + " since " + values.getProperty("started", "unknown");
    }

    /** Releases the lock; no effect a second time. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.truncate(0);
            channel.close();
        }
    }
}

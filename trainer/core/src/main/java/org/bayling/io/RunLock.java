package org.bayling.io;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Properties;

/**
 * The right to write to a run, held by one process at a time.
 *
 * <p>The operating system drops the lock when the process ends in whatever way, so files left by a killed process are
 * simply taken over. Two files, because a POSIX lock is lost as soon as its process closes the locked file in any place:
 * {@link #FILE_NAME} is locked and never opened for anything else, {@link #OWNER_FILE_NAME} says who holds it. The first
 * one stays after {@link #close()}: removing it would let two others lock two files of one name.
 */
public final class RunLock implements AutoCloseable {
    /** The locked file in the directory of a run; empty. */
    public static final String FILE_NAME = ".lock";
    /** Beside it, who holds the lock: lines {@code pid=}, {@code host=}, {@code started=}. */
    public static final String OWNER_FILE_NAME = ".lock-owner";

    private static final String NOBODY = "";

    private final Path ownerFile;
    private final FileChannel channel;
    private final String takenOverFrom;

    private RunLock(Path ownerFile, FileChannel channel, String takenOverFrom) {
        this.ownerFile = ownerFile;
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
        Path ownerFile = directory.resolve(OWNER_FILE_NAME);
        String text = read(ownerFile);
        String holder = describe(text);
        if (text.equals(ownText())) {
            throw locked(directory, holder);
        }
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE_NAME), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            if (!tryLock(channel)) {
                throw locked(directory, holder.equals(NOBODY) ? "another process" : holder);
            }
            Files.writeString(ownerFile, ownText());
            return new RunLock(ownerFile, channel, holder);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static RunLockedException locked(Path directory, String holder) {
        return new RunLockedException(
                directory + ": is in use by " + holder + "; wait for it to end, stop it, or choose another output_dir",
                holder);
    }

    /** What an owner that died without releasing the lock wrote of itself; empty after an orderly end. */
    public String takenOverFrom() {
        return takenOverFrom;
    }

    /** The same text all through the life of this process, and of no other. */
    private static String ownText() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown";
        }
        ProcessHandle self = ProcessHandle.current();
        String started = self.info().startInstant().map(Instant::toString).orElse("unknown");
        return "pid=" + self.pid() + "\nhost=" + host + "\nstarted=" + started + "\n";
    }

    private static String read(Path ownerFile) throws IOException {
        try {
            return new String(Files.readAllBytes(ownerFile), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return NOBODY;
        }
    }

    private static String describe(String text) {
        if (text.isBlank()) {
            return NOBODY;
        }
        Properties values = new Properties();
        try {
            values.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            return "an unknown process (its " + OWNER_FILE_NAME + " is unreadable)";
        }
        return "pid " + values.getProperty("pid", "unknown") + " on host " + values.getProperty("host", "unknown")
                + ", started " + values.getProperty("started", "unknown");
    }

    /** Releases the lock; no effect a second time. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                Files.deleteIfExists(ownerFile);
            } finally {
                channel.close();
            }
        }
    }
}

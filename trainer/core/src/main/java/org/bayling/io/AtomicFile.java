package org.bayling.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * One file that is replaced in one step: readers see the old content or the new one, never a part.
 *
 * <p>Use in try-with-resources; without {@link #publish()} the temporary file is removed and the target untouched.
 */
public final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final DurableFile file;
    private final FaultPoint faults;
    private boolean published;

    private AtomicFile(Path target, DurableFile file, FaultPoint faults) {
        this.target = target;
        this.file = file;
        this.faults = faults;
    }

    /** Starts a new content for {@code target}; its directory is made when it is missing. */
    public static AtomicFile open(Path target, FaultPoint faults) throws IOException {
        Path absolute = target.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        Path temporary = absolute.resolveSibling(absolute.getFileName() + ".tmp-" + UUID.randomUUID());
        return new AtomicFile(absolute, DurableFile.create(temporary, faults), faults);
    }

    /** Replaces the content of {@code target} by this text in UTF-8. */
    public static void write(Path target, String text, FaultPoint faults) throws IOException {
        try (AtomicFile file = open(target, faults)) {
            file.content().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            file.publish();
        }
    }

    /** Where the new content is written to. */
    public DurableFile content() {
        return file;
    }

    /** Forces the content to disk and gives it its name. */
    public FileDigest publish() throws IOException {
        FileDigest digest = file.seal();
        faults.reached(FaultPoint.Moment.BEFORE_RENAME, file.path());
        Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        published = true;
        faults.reached(FaultPoint.Moment.AFTER_RENAME, target);
        DurableFile.forceDirectory(target.getParent(), faults);
        return digest;
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (!published) {
            Files.deleteIfExists(file.path());
        }
    }
}

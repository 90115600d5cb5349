package org.bayling.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory that appears complete or not at all; the steps are in the package description.
 *
 * <p>Use in try-with-resources; without {@code publish} everything written is removed again. Not safe for use by several
 * threads.
 */
public final class AtomicDirectory implements AutoCloseable {
    private static final Pattern LEFTOVER = Pattern.compile(".+\\.tmp-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path target;
    private final Path temporary;
    private final FaultPoint faults;
    private final Map<String, DurableFile> files = new LinkedHashMap<>();
    private boolean published;

    private AtomicDirectory(Path target, Path temporary, FaultPoint faults) {
        this.target = target;
        this.temporary = temporary;
        this.faults = faults;
    }

    /**
     * Starts a directory that will become {@code target}; missing parents are made.
     *
     * @throws FileAlreadyExistsException when there is something of that name already
     */
    public static AtomicDirectory create(Path target, FaultPoint faults) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        refuseExisting(absolute);
        Files.createDirectories(absolute.getParent());
        Path temporary = absolute.resolveSibling(absolute.getFileName() + ".tmp-" + UUID.randomUUID());
        Files.createDirectory(temporary);
        return new AtomicDirectory(absolute, temporary, faults);
    }

    /** The final place. */
    public Path target() {
        return target;
    }

    /** The place while it is being written. */
    public Path temporary() {
        return temporary;
    }

    /**
     * Starts a file. It is forced to disk by its {@link DurableFile#seal()}, at the latest when the directory is
     * published.
     *
     * @param name relative, parts separated by {@code /}; no {@code ..}
     */
    public DurableFile file(String name) throws IOException {
        Path path = temporary.resolve(name).normalize();
        if (!path.startsWith(temporary) || path.equals(temporary) || files.containsKey(name)) {
            throw new IllegalArgumentException(
                    target + ": '" + name + "' is not a new name inside the directory; written so far: " + files.keySet());
        }
        Files.createDirectories(path.getParent());
        DurableFile file = DurableFile.create(path, faults);
        files.put(name, file);
        return file;
    }

    /** Writes a whole file of text in UTF-8. */
    public FileDigest write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a whole file. */
    public FileDigest write(String name, byte[] content) throws IOException {
        try (DurableFile file = file(name)) {
            file.write(ByteBuffer.wrap(content));
            return file.seal();
        }
    }

    /** What was written so far, by name in the order of writing; forces every file that was not sealed yet. */
    public Map<String, FileDigest> digests() throws IOException {
        Map<String, FileDigest> digests = new LinkedHashMap<>();
        for (Map.Entry<String, DurableFile> file : files.entrySet()) {
            digests.put(file.getKey(), file.getValue().seal());
        }
        return Collections.unmodifiableMap(digests);
    }

    /** Writes a manifest of all other files last, then publishes. */
    public void publish(String manifest, Function<Map<String, FileDigest>, String> content) throws IOException {
        write(manifest, content.apply(digests()));
        publish();
    }

    /**
     * Forces everything to disk and gives the directory its name.
     *
     * @throws FileAlreadyExistsException when something took that name in the meantime
     */
    public void publish() throws IOException {
        digests();
        forceSubdirectories();
        refuseExisting(target);
        faults.reached(FaultPoint.Moment.BEFORE_RENAME, temporary);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        published = true;
        faults.reached(FaultPoint.Moment.AFTER_RENAME, target);
        DurableFile.forceDirectory(target.getParent(), faults);
    }

    @Override
    public void close() throws IOException {
        for (DurableFile file : files.values()) {
            file.close();
        }
        if (!published) {
            FileTree.delete(temporary);
        }
    }

    /**
     * Removes what unfinished writers left in {@code parent}: files and directories named {@code *.tmp-<uuid>}. The
     * caller holds the {@link RunLock}, so that no living writer is disturbed.
     *
     * @return what was removed, sorted
     */
    public static List<Path> removeLeftovers(Path parent) throws IOException {
        List<Path> leftovers;
        try (Stream<Path> children = Files.list(parent)) {
            leftovers = children.filter(
                            child -> LEFTOVER.matcher(child.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
        for (Path leftover : leftovers) {
            FileTree.delete(leftover);
        }
        return leftovers;
    }

    private void forceSubdirectories() throws IOException {
        List<Path> directories = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(temporary)) {
            tree.filter(Files::isDirectory).forEach(directories::add);
        }
        // Deepest first, so that the directory itself comes last.
        Collections.reverse(directories);
        for (Path directory : directories) {
            DurableFile.forceDirectory(directory, faults);
        }
    }

    private static void refuseExisting(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "exists already and is never overwritten; choose another name or remove it");
        }
    }
}

package org.bayling.corpus.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileTree;
import org.bayling.io.RunLock;

/** {@code DIR.building}: what the stages leave for each other, and for a later run after a kill. */
final class WorkDirectory implements AutoCloseable {
    /** Never reconfigured. */
    static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static final String GATHERED = "gathered.json";
    static final String GENERATED = "generated.json";
    /** While stage 2 is under way. */
    static final String GENERATING = "generating.json";

    /** See {@link PartFiles}. */
    static final String PARTS = "parts";
    static final String CORPUS = "corpus";

    private static final String KEY = "key";

    private final Path target;
    private final Path folder;
    private final BuildKey key;
    private final FaultPoint faults;
    private final RunLock lock;

    private WorkDirectory(Path target, Path folder, BuildKey key, FaultPoint faults, RunLock lock) {
        this.target = target;
        this.folder = folder;
        this.key = key;
        this.faults = faults;
        this.lock = lock;
    }

    /**
     * Opens or makes the directory and clears it of what another recipe or other inputs left.
     *
     * @throws FileAlreadyExistsException when the corpus is there already
     */
    static WorkDirectory open(Path target, BuildKey key, FaultPoint faults) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            throw new FileAlreadyExistsException(absolute.toString());
        }
        Path folder = beside(absolute);
        RunLock lock = RunLock.acquire(folder);
        try {
            WorkDirectory work = new WorkDirectory(absolute, folder, key, faults, lock);
            work.clean();
            return work;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Whether a build of this key gave the corpus its name and was killed before it had cleaned up, which is done here.
     */
    static boolean wasPublished(Path target, BuildKey key) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        Path folder = beside(absolute);
        if (!Files.exists(absolute) || !Files.exists(folder) || Files.exists(folder.resolve(CORPUS))) {
            return false;
        }
        WorkDirectory work =
                new WorkDirectory(absolute, folder, key, FaultPoint.NONE, RunLock.acquire(folder));
        boolean ours = work.stage(GENERATED).isPresent();
        work.remove();
        return ours;
    }

    private static Path beside(Path target) {
        return target.resolveSibling(target.getFileName() + ".building");
    }

    private void clean() throws IOException {
        AtomicDirectory.removeLeftovers(folder);
        for (String stage : List.of(CORPUS, "written")) {
            Files.createDirectories(folder.resolve(stage));
            AtomicDirectory.removeLeftovers(folder.resolve(stage));
        }
        if (stage(GATHERED).isEmpty()) {
            forget(GATHERED);
        }
        if (stage(GENERATED).isEmpty() && stage(GENERATING).isEmpty()) {
            forget(GENERATED);
        }
    }

    /** Removes a stage and all after it. */
    void forget(String stage) throws IOException {
        if (stage.equals(GATHERED)) {
            Files.deleteIfExists(folder.resolve(GATHERED));
            Files.deleteIfExists(items());
            Files.deleteIfExists(contaminated());
            FileTree.delete(parts());
        }
        Files.deleteIfExists(folder.resolve(GENERATED));
        Files.deleteIfExists(folder.resolve(GENERATING));
        for (Path part : List.of(buckets(), corpus(), written())) {
            FileTree.delete(part);
            Files.createDirectories(part);
        }
    }

    /** What a build in parts leaves, see {@link PartFiles}. */
    Path parts() {
        return folder.resolve(PARTS);
    }

    Path items() {
        return folder.resolve("items.zst");
    }

    /** Rows that decontamination removed. */
    Path contaminated() {
        return folder.resolve("contaminated.jsonl");
    }

    Path buckets() {
        return folder.resolve("buckets");
    }

    Path corpus() {
        return folder.resolve(CORPUS);
    }

    Path written() {
        return folder.resolve("written");
    }

    Path folder() {
        return folder;
    }

    FaultPoint faults() {
        return faults;
    }

    /** What a finished stage left; empty when it was not finished, or for another key. */
    Optional<JsonNode> stage(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode json = JSON.readTree(file.toFile());
        return json.path(KEY).asText().equals(key(name)) ? Optional.of(json) : Optional.empty();
    }

    private String key(String stage) {
        return stage.equals(GATHERED) ? key.items() : key.samples();
    }

    void finish(String name, ObjectNode result) throws IOException {
        result.put(KEY, key(name));
        AtomicFile.write(folder.resolve(name), JSON.writeValueAsString(result), faults);
    }

    /** Gives the corpus its name and removes the rest. */
    void publish() throws IOException {
        try (FileChannel directory = FileChannel.open(corpus(), StandardOpenOption.READ)) {
            directory.force(true);
        }
        faults.reached(FaultPoint.Moment.BEFORE_RENAME, corpus());
        Files.move(corpus(), target, StandardCopyOption.ATOMIC_MOVE);
        faults.reached(FaultPoint.Moment.AFTER_RENAME, target);
        try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
        remove();
    }

    /** What says whose directory it is goes last, so that {@link #wasPublished} can tell after a kill. */
    private void remove() throws IOException {
        for (Path part : List.of(buckets(), written(), parts(), items(), contaminated())) {
            FileTree.delete(part);
        }
        lock.close();
        FileTree.delete(folder);
    }

    /** Leaves the directory only where there is something in it to go on with. */
    @Override
    public void close() throws IOException {
        boolean worthKeeping = !Files.exists(folder) || Files.exists(folder.resolve(GATHERED));
        lock.close();
        if (!worthKeeping) {
            FileTree.delete(folder);
        }
    }
}

package org.bayling.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bayling.checkpoint.JsonFiles;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.AtomicFile;
import org.bayling.io.Checksum;
import org.bayling.io.CorruptFileException;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileDigest;
import org.bayling.io.FileTooNewException;
import org.bayling.io.FileTree;

/**
 * The folder of a run and the checkpoints in it; the package description says what lies where.
 *
 * @param path {@code output_dir}
 */
public record RunDirectory(Path path) {
    public static final String MANIFEST = "manifest.json";
    public static final String CONFIG = "config.resolved.yaml";
    public static final String PROVENANCE = "provenance.json";
    public static final String LOG = "log.jsonl";
    public static final String TRAINER_STATE = "trainer_state.json";
    public static final String TENSORBOARD = "tensorboard";
    public static final String REPORT = "report.html";
    /** Name of the checkpoint with the lowest evaluation loss. */
    public static final String BEST = "best";

    static final int MANIFEST_VERSION = 1;
    private static final Pattern STEP = Pattern.compile("step-(\\d{1,18})");
    private static final int LEAST_KEPT = 2;

    /** Where the checkpoint of a step is, or will be. */
    public Path checkpoint(long step) {
        return path.resolve("step-" + step);
    }

    /** All published checkpoints, oldest first; not verified. */
    public List<Path> checkpoints() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> Files.isDirectory(entry) && stepOf(entry).isPresent())
                    .sorted(Comparator.comparingLong(entry -> stepOf(entry).orElseThrow()))
                    .toList();
        }
    }

    /** The step of a checkpoint's folder name. */
    public static Optional<Long> stepOf(Path checkpoint) {
        Matcher matcher = STEP.matcher(checkpoint.getFileName().toString());
        return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    /**
     * The newest checkpoint whose files all verify; damaged newer ones are renamed to {@code .bad} and reported.
     *
     * @throws IOException when there are checkpoints but none is sound: training again from the start would silently
     *     throw away work
     */
    public Optional<Path> newestValid(Consumer<String> warnings) throws IOException {
        List<Path> all = checkpoints();
        for (int i = all.size() - 1; i >= 0; i--) {
            try {
                verify(all.get(i));
                return Optional.of(all.get(i));
            } catch (IOException damage) {
                Path aside = freeName(all.get(i));
                Files.move(all.get(i), aside, StandardCopyOption.ATOMIC_MOVE);
                warnings.accept("checkpoint " + all.get(i).getFileName() + " is damaged and was set aside as "
                        + aside.getFileName() + ": " + damage.getMessage());
            }
        }
        if (!all.isEmpty()) {
            throw new CorruptFileException(
                    path, "checkpoints", "all " + all.size() + " damaged, now named .bad", "at least one sound checkpoint");
        }
        return Optional.empty();
    }

    /**
     * Checks every file of a checkpoint against its manifest.
     *
     * @return the manifest
     * @throws IOException saying which file is missing, longer, shorter or changed
     */
    public static ObjectNode verify(Path checkpoint) throws IOException {
        Path file = checkpoint.resolve(MANIFEST);
        ObjectNode manifest = JsonFiles.readObject(file);
        int version = manifest.path("format_version").asInt(-1);
        if (version > MANIFEST_VERSION) {
            throw new FileTooNewException(
                    file, "format_version", String.valueOf(version), "at most " + MANIFEST_VERSION);
        }
        JsonNode files = manifest.path("files");
        if (version < 1 || !files.isObject() || files.isEmpty()) {
            throw new CorruptFileException(file, "manifest", manifest.toString(), "format_version 1 and a list of files");
        }
        for (Map.Entry<String, JsonNode> entry : files.properties()) {
            Path named = checkpoint.resolve(entry.getKey()).normalize();
            if (!named.startsWith(checkpoint) || !Files.isRegularFile(named)) {
                throw new CorruptFileException(named, "file", "missing", "listed in " + MANIFEST);
            }
            FileDigest digest = Checksum.ofFile(named);
            String wanted = entry.getValue().path("sha256").asText();
            if (digest.bytes() != entry.getValue().path("bytes").asLong() || !digest.sha256().equals(wanted)) {
                throw new CorruptFileException(
                        named, "content", digest.bytes() + " bytes with SHA-256 " + digest.sha256(),
                        entry.getValue().path("bytes").asLong() + " bytes with SHA-256 " + wanted);
            }
        }
        return manifest;
    }

    /** Remembers the best checkpoint by name. */
    void markBest(Path checkpoint) throws IOException {
        AtomicFile.write(path.resolve(BEST), checkpoint.getFileName() + "\n", FaultPoint.NONE);
    }

    /** The best checkpoint, where one was marked and still exists. */
    public Optional<Path> best() throws IOException {
        Path file = path.resolve(BEST);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Path checkpoint = path.resolve(Files.readString(file).strip());
        return Files.isDirectory(checkpoint) ? Optional.of(checkpoint) : Optional.empty();
    }

    /**
     * What a run gave: a model or adapter directory. The best checkpoint where one was marked, else the newest.
     *
     * @param place a run directory, a checkpoint, or anything else, which comes back as it is
     */
    public static Path result(Path place) throws IOException {
        RunDirectory run = new RunDirectory(place);
        List<Path> checkpoints = run.checkpoints();
        if (checkpoints.isEmpty()) {
            return place;
        }
        Optional<Path> best = run.best();
        return best.isPresent() ? best.get() : checkpoints.get(checkpoints.size() - 1);
    }

    /** Deletes the oldest checkpoints beyond the limit; never the best one, and never below two. */
    void retain(int limit) throws IOException {
        List<Path> all = new ArrayList<>(checkpoints());
        Optional<Path> best = best();
        int keep = Math.max(LEAST_KEPT, limit);
        for (int i = 0; i < all.size() - keep; i++) {
            if (!best.equals(Optional.of(all.get(i)))) {
                // Renamed first: a half-deleted folder must never look like a checkpoint.
                Path trash = path.resolve("." + all.get(i).getFileName() + ".trash");
                FileTree.delete(trash);
                Files.move(all.get(i), trash, StandardCopyOption.ATOMIC_MOVE);
                FileTree.delete(trash);
            }
        }
    }

    /** Removes what a killed process left half-written or half-deleted. */
    void removeLeftovers() throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        AtomicDirectory.removeLeftovers(path);
        try (Stream<Path> entries = Files.list(path)) {
            for (Path entry : entries.filter(e -> e.getFileName().toString().endsWith(".trash")).toList()) {
                FileTree.delete(entry);
            }
        }
    }

    private static Path freeName(Path checkpoint) {
        Path aside = checkpoint.resolveSibling(checkpoint.getFileName() + ".bad");
        for (int i = 2; Files.exists(aside); i++) {
            aside = checkpoint.resolveSibling(checkpoint.getFileName() + ".bad-" + i);
        }
        return aside;
    }
}

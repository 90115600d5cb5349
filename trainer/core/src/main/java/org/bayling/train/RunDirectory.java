package org.bayling.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bayling.checkpoint.JsonFiles;
import org.bayling.data.DataException;
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
     * @throws IOException when there are checkpoints but none is sound, all of which stay as they are: training again
     *     from the start would silently throw away work. Also for one of a newer program, which is not damage
     */
    public Optional<Path> newestValid(Consumer<String> warnings) throws IOException {
        List<Path> all = checkpoints();
        Map<Path, IOException> damaged = new LinkedHashMap<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            Optional<IOException> damage = damage(all.get(i));
            if (damage.isEmpty()) {
                setAside(damaged, warnings);
                return Optional.of(all.get(i));
            }
            damaged.put(all.get(i), damage.get());
        }
        if (!all.isEmpty()) {
            StringBuilder problems = new StringBuilder();
            damaged.values().forEach(damage -> problems.append("\n  ").append(damage.getMessage()));
            throw new DataException(path + ": no checkpoint of this run is sound:" + problems
                    + "\nBring one back from a copy, or begin anew: choose another output_dir, or move these away.");
        }
        return Optional.empty();
    }

    private static Optional<IOException> damage(Path checkpoint) throws FileTooNewException {
        try {
            verify(checkpoint);
            return Optional.empty();
        } catch (FileTooNewException newer) {
            throw newer;
        } catch (IOException damage) {
            return Optional.of(damage);
        }
    }

    private static void setAside(Map<Path, IOException> damaged, Consumer<String> warnings) throws IOException {
        for (Map.Entry<Path, IOException> checkpoint : damaged.entrySet()) {
            Path aside = freeName(checkpoint.getKey());
            Files.move(checkpoint.getKey(), aside, StandardCopyOption.ATOMIC_MOVE);
            warnings.accept("checkpoint " + checkpoint.getKey().getFileName() + " is damaged and was set aside as "
                    + aside.getFileName() + ": " + checkpoint.getValue().getMessage());
        }
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
        Optional<Long> step = stepOf(checkpoint);
        if (step.isPresent() && manifest.path("step").asLong(-1) != step.get()) {
            throw new CorruptFileException(
                    file, "step", manifest.path("step").toString(), "that of the folder's name, " + step.get());
        }
        for (Map.Entry<String, JsonNode> entry : files.properties()) {
            Path named = checkpoint.resolve(entry.getKey()).normalize();
            if (!named.startsWith(checkpoint) || !Files.isRegularFile(named)) {
                throw new CorruptFileException(named, "file", "missing", "listed in " + MANIFEST);
            }
            FileDigest digest = Checksum.ofFile(named);
            FileDigest wanted = new FileDigest(
                    entry.getValue().path("bytes").asLong(),
                    entry.getValue().path("crc32c").asText(),
                    entry.getValue().path("sha256").asText());
            if (!digest.equals(wanted)) {
                throw new CorruptFileException(named, "content", shown(digest), shown(wanted));
            }
        }
        return manifest;
    }

    private static String shown(FileDigest digest) {
        return digest.bytes() + " bytes with CRC-32C " + digest.crc32c() + " and SHA-256 " + digest.sha256();
    }

    /** Remembers the best checkpoint by name. */
    void markBest(Path checkpoint) throws IOException {
        AtomicFile.write(path.resolve(BEST), checkpoint.getFileName() + "\n", FaultPoint.NONE);
    }

    /** The best checkpoint, where one was marked and still exists; a mark that names none is no mark. */
    public Optional<Path> best() throws IOException {
        Path file = path.resolve(BEST);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String name = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        return STEP.matcher(name).matches() && Files.isDirectory(path.resolve(name))
                ? Optional.of(path.resolve(name))
                : Optional.empty();
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

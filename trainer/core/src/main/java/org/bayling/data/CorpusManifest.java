package org.bayling.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.io.CorruptFileException;
import org.bayling.io.FileTooNewException;
import org.bayling.io.JsonFault;

/**
 * The manifest of a corpus; the format is specified on the package page.
 *
 * @param folder of the corpus
 * @param samples of all shards
 * @param samplesPerFrame of every frame but a shard's last
 * @param shards in the order of their samples
 * @param json the whole of it
 */
public record CorpusManifest(Path folder, long samples, int samplesPerFrame, List<Shard> shards, JsonNode json) {
    public static final String NAME = "manifest.json";
    public static final String FORMAT = "bayling-corpus";
    public static final int VERSION = 1;

    public CorpusManifest {
        shards = List.copyOf(shards);
    }

    /**
     * One shard.
     *
     * @param bytes of the file
     * @param sha256 of the file, hexadecimal
     */
    public record Shard(String file, long samples, long bytes, String sha256) implements Serializable {}

    /** Whether a folder says of itself that it is a corpus. */
    public static boolean isIn(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            return JsonRows.MAPPER.readTree(file.toFile()).path("format").asText().equals(FORMAT);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Whether all of these files are shards of corpora. */
    static boolean isCorpus(List<Path> files) throws IOException {
        Path folder = null;
        for (Path file : files) {
            Path parent = file.toAbsolutePath().getParent();
            if (!parent.equals(folder) && !isIn(parent)) {
                return false;
            }
            folder = parent;
        }
        return folder != null;
    }

    /**
     * Reads the manifest of a corpus; the shards must be there, in their sizes.
     *
     * @throws CorruptFileException when something is missing or not as it should be
     * @throws FileTooNewException when a later version wrote it
     */
    public static CorpusManifest read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new DataException(folder + ": holds no " + NAME + ", so it is no corpus, or one whose building was "
                    + "not finished; build it again");
        }
        JsonNode json;
        try {
            json = JsonRows.MAPPER.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new CorruptFileException(file, "not a manifest", JsonFault.describe(e), "JSON", e);
        }
        require(file, json.path("format").asText().equals(FORMAT), "format", json, FORMAT);
        require(file, json.path("version").isIntegralNumber(), "version", json, "a number");
        if (json.get("version").asInt() > VERSION) {
            throw new FileTooNewException(
                    file, "the corpus is newer than this program", "version " + json.get("version").asText(),
                    "version " + VERSION + " or older; use a newer program, or build the corpus again");
        }
        require(file, json.path("samples").isIntegralNumber(), "samples", json, "a number");
        require(file, json.path("samples_per_frame").asInt() > 0, "samples_per_frame", json, "a number above 0");
        require(file, json.path("shards").isArray(), "shards", json, "a list");
        List<Shard> shards = new ArrayList<>();
        long samples = 0;
        for (JsonNode entry : json.get("shards")) {
            Shard shard = new Shard(
                    entry.path("file").asText(),
                    entry.path("samples").asLong(-1),
                    entry.path("bytes").asLong(-1),
                    entry.path("sha256").asText());
            require(file, shard.file.matches("[A-Za-z0-9_.-]+"), "shards", entry, "names of files in the folder");
            requireSize(folder.resolve(shard.file), shard.bytes);
            samples += shard.samples;
            shards.add(shard);
        }
        require(file, samples == json.get("samples").asLong(), "samples", json, "the sum over shards, " + samples);
        return new CorpusManifest(folder, samples, json.get("samples_per_frame").asInt(), shards, json);
    }

    /** The shards' paths, in order. */
    public List<Path> files() {
        return shards.stream().map(shard -> folder.resolve(shard.file)).toList();
    }

    private static void requireSize(Path shard, long bytes) throws IOException {
        String expected = "a shard of " + bytes + " bytes, as the manifest says";
        if (!Files.isRegularFile(shard)) {
            throw new CorruptFileException(shard, "a shard is missing", "nothing", expected);
        }
        if (Files.size(shard) != bytes) {
            throw new CorruptFileException(shard, "wrong size", Files.size(shard) + " bytes", expected);
        }
    }

    private static void require(Path file, boolean holds, String key, JsonNode in, String expected)
            throws CorruptFileException {
        if (!holds) {
            throw new CorruptFileException(file, "'" + key + "' is wrong", in.path(key).toString(), expected);
        }
    }
}

package org.bayling.corpus.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.data.CorpusManifest;
import org.bayling.data.ShardReader;
import org.bayling.io.Checksum;
import org.bayling.io.CorruptFileException;
import org.bayling.io.FileDigest;

/**
 * Proves a corpus: every file has the bytes that its manifest says, every frame its lines, and the samples add up to the
 * counts of groups, languages, tasks and directions.
 */
public final class CorpusVerification {
    private static final String[] COUNTED = {"groups", "languages", "tasks", "directions"};
    private static final String[] FIELDS = {"group", "language", "task", "direction"};

    private final ObjectMapper json = new ObjectMapper();
    private final CorpusManifest manifest;
    private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();

    private CorpusVerification(CorpusManifest manifest) {
        this.manifest = manifest;
    }

    /**
     * Reads everything.
     *
     * @return the manifest, of which all is true
     * @throws CorruptFileException naming the first file that is not as it should be
     */
    public static CorpusManifest verify(Path folder) throws IOException {
        CorpusManifest manifest = CorpusManifest.read(folder);
        CorpusVerification verification = new CorpusVerification(manifest);
        verification.files();
        for (int shard = 0; shard < manifest.shards().size(); shard++) {
            verification.shard(shard);
        }
        verification.counts();
        return manifest;
    }

    private void files() throws IOException {
        for (Map.Entry<String, JsonNode> entry : manifest.json().path("files").properties()) {
            Path file = manifest.folder().resolve(entry.getKey());
            if (!Files.isRegularFile(file)) {
                throw new CorruptFileException(file, "a file is missing", "nothing", "the file that the manifest names");
            }
            requireDigest(file, Checksum.ofFile(file), entry.getValue().path("sha256").asText());
        }
    }

    private void shard(int number) throws IOException {
        CorpusManifest.Shard shard = manifest.shards().get(number);
        Path file = manifest.folder().resolve(shard.file());
        requireDigest(file, Checksum.ofFile(file), shard.sha256());
        try (ShardReader reader = ShardReader.open(manifest, number)) {
            for (int frame = 0; frame < reader.frames(); frame++) {
                for (byte[] line : reader.lines(frame)) {
                    count(json.readTree(line));
                }
            }
        }
    }

    private void count(JsonNode sample) {
        for (int i = 0; i < FIELDS.length; i++) {
            counts.computeIfAbsent(COUNTED[i], name -> new TreeMap<>())
                    .merge(sample.path(FIELDS[i]).asText(), 1L, Long::sum);
        }
    }

    private void counts() throws IOException {
        for (String name : COUNTED) {
            SortedMap<String, Long> said = new TreeMap<>();
            manifest.json().path(name).properties().forEach(e -> said.put(e.getKey(), e.getValue().asLong()));
            SortedMap<String, Long> found = counts.getOrDefault(name, new TreeMap<>());
            if (!said.equals(found)) {
                throw new CorruptFileException(manifest.folder().resolve(CorpusManifest.NAME),
                        "the counts of '" + name + "' are not those of the shards", shown(found), shown(said));
            }
        }
    }

    private static String shown(SortedMap<String, Long> counts) {
        String text = counts.toString();
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }

    private static void requireDigest(Path file, FileDigest found, String sha256) throws IOException {
        if (!found.sha256().equals(sha256)) {
            throw new CorruptFileException(file, "altered since the corpus was built", "SHA-256 " + found.sha256(),
                    sha256 + "; copy it again, or build the corpus again");
        }
    }
}

package org.bayling.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.JsonFiles;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.config.ModelConfig;
import org.bayling.data.DataFile;
import org.bayling.data.ReadProgress;
import org.bayling.io.Checksum;
import org.bayling.model.HfNames;
import org.bayling.model.ModelSource;

/**
 * What of {@code provenance.json} says which bytes a run began with: SHA-256 of the base, the chat template, the data.
 *
 * <p>The base is read whole for it, once: where an earlier process of the run left the digest of a file that has kept
 * its size and time, that one stands.
 */
final class Provenance {
    private final Path file;
    private final ReadProgress progress;

    /**
     * @param file where {@code provenance.json} is, or will be
     * @param progress of the reading of the base
     */
    Provenance(Path file, ReadProgress progress) {
        this.file = file;
        this.progress = progress;
    }

    /** Adds {@code base}, {@code adapter}, {@code chat_template_sha256} and {@code datasets}. */
    void addInputs(ObjectNode json, ModelConfig model, ModelSource source, String template, List<DataFile> data)
            throws IOException {
        ObjectNode base = json.putObject("base");
        base.put("path", model.modelNameOrPath().toString());
        base.put("dtype", source.tensors()
                .map(tensors -> tensors.entry(HfNames.EMBED_TOKENS + ".weight").stored())
                .orElse(null));
        List<Path> files = source.weights().isPresent()
                ? source.weights().get().sources()
                : HfModelDir.sourcesWithoutWeights(source.path());
        addFiles(base, "base", files);
        if (model.adapterNameOrPath().isPresent()) {
            Path adapter = model.adapterNameOrPath().get();
            ObjectNode start = json.putObject("adapter");
            start.put("path", adapter.toString());
            addFiles(start, "adapter", List.of(
                    adapter.resolve(PeftAdapterDir.CONFIG), adapter.resolve(PeftAdapterDir.WEIGHTS)));
        }
        Checksum checksum = new Checksum();
        checksum.update(ByteBuffer.wrap(template.getBytes(StandardCharsets.UTF_8)));
        json.put("chat_template_sha256", checksum.finish().sha256());
        ObjectNode datasets = json.putObject("datasets");
        for (DataFile read : data) {
            String name = read.dataset();
            ObjectNode its = datasets.get(name) instanceof ObjectNode known ? known : datasets.putObject(name);
            its.putObject(read.path().toString()).put("bytes", read.bytes()).put("sha256", read.sha256());
        }
    }

    private void addFiles(ObjectNode owner, String part, List<Path> paths) throws IOException {
        JsonNode earlier = earlier().path(part).path("files");
        ObjectNode files = owner.putObject("files");
        long total = 0;
        for (Path path : paths) {
            total += Files.size(path);
        }
        long before = 0;
        for (Path path : paths) {
            long bytes = Files.size(path);
            String modified = Files.getLastModifiedTime(path).toInstant().toString();
            JsonNode known = earlier.path(path.toString());
            boolean same = known.path("bytes").asLong(-1) == bytes
                    && known.path("modified").asText().equals(modified);
            String sha256 = same ? known.path("sha256").asText() : sha256(path, part, before, total);
            files.putObject(path.toString()).put("bytes", bytes).put("modified", modified).put("sha256", sha256);
            before += bytes;
        }
    }

    private String sha256(Path path, String part, long before, long total) throws IOException {
        return Checksum.ofFile(
                        path, read -> progress.read(part + " (checksum)", 0, Math.min(before + read, total), total))
                .sha256();
    }

    /** What an earlier process wrote; nothing where it is missing or damaged. */
    private ObjectNode earlier() {
        try {
            return JsonFiles.readObject(file);
        } catch (IOException problem) {
            return JsonFiles.newObject();
        }
    }
}

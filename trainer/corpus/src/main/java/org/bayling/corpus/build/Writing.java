package org.bayling.corpus.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bayling.corpus.shard.ShardWriter;
import org.bayling.data.CorpusManifest;
import org.bayling.io.AtomicFile;
import org.bayling.io.Checksum;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileDigest;
import org.bayling.observe.TaskProgress;

/** Stage 3: buckets to shards. A bucket is removed when its shards are written; finished shards are kept. */
final class Writing {
    private final WorkDirectory work;
    private final Buckets.Layout layout;
    private final int samplesPerShard;
    private final int samplesPerFrame;

    Writing(WorkDirectory work, Buckets.Layout layout, int samplesPerShard, int samplesPerFrame) {
        this.work = work;
        this.layout = layout;
        this.samplesPerShard = samplesPerShard;
        this.samplesPerFrame = samplesPerFrame;
    }

    /** Whether every bucket is there or its shards are; checks those by their checksums and forgets damaged ones. */
    boolean canGoOn() throws IOException {
        for (int bucket = 0; bucket < layout.count(); bucket++) {
            if (written(bucket).isEmpty() && !Files.isRegularFile(layout.file(bucket))) {
                return false;
            }
        }
        return true;
    }

    List<CorpusManifest.Shard> run(int threads, TaskProgress progress) throws IOException {
        List<CorpusManifest.Shard> shards = new ArrayList<>();
        long[] done = new long[1];
        try (OrderedWork<List<CorpusManifest.Shard>> writers = new OrderedWork<>(threads, written -> {
            shards.addAll(written);
            done[0] += written.stream().mapToLong(CorpusManifest.Shard::samples).sum();
            progress.on("writing shards", done[0], layout.samples(), "samples");
        })) {
            for (int i = 0; i < layout.count(); i++) {
                int bucket = i;
                writers.give(() -> {
                    Optional<List<CorpusManifest.Shard>> already = written(bucket);
                    return already.isPresent() ? already.get() : write(bucket);
                });
            }
            writers.finish();
        }
        return shards;
    }

    private List<CorpusManifest.Shard> write(int bucket) throws IOException {
        byte[][] lines = Buckets.read(layout, bucket);
        List<CorpusManifest.Shard> shards = new ArrayList<>();
        for (int from = 0; from < lines.length; from += samplesPerShard) {
            int to = Math.min(lines.length, from + samplesPerShard);
            Iterator<byte[]> some = Arrays.asList(lines).subList(from, to).iterator();
            shards.add(write(work.corpus().resolve(name(number(bucket, from))), some, samplesPerFrame, work.faults()));
            Arrays.fill(lines, from, to, null);
        }
        for (CorpusManifest.Shard shard : shards) {
            AtomicFile.write(record(shard.file()), WorkDirectory.JSON.writeValueAsString(json(shard)), work.faults());
        }
        Files.delete(layout.file(bucket));
        return shards;
    }

    /** Writes one shard; it appears whole or not at all. */
    static CorpusManifest.Shard write(Path file, Iterator<byte[]> lines, int samplesPerFrame, FaultPoint faults)
            throws IOException {
        try (ShardWriter writer = new ShardWriter(file, samplesPerFrame, faults)) {
            long samples = 0;
            for (; lines.hasNext(); samples++) {
                writer.add(lines.next());
            }
            FileDigest digest = writer.publish();
            return new CorpusManifest.Shard(file.getFileName().toString(), samples, digest.bytes(), digest.sha256());
        }
    }

    /** The shards of a bucket, if all of them are finished and sound. */
    private Optional<List<CorpusManifest.Shard>> written(int bucket) throws IOException {
        List<CorpusManifest.Shard> shards = new ArrayList<>();
        for (int from = 0; from < layout.size(bucket); from += samplesPerShard) {
            String name = name(number(bucket, from));
            Path file = work.corpus().resolve(name);
            if (!Files.isRegularFile(record(name)) || !Files.isRegularFile(file)) {
                return Optional.empty();
            }
            JsonNode json = WorkDirectory.JSON.readTree(record(name).toFile());
            String sha256 = json.path("sha256").asText();
            if (!Checksum.ofFile(file).sha256().equals(sha256)) {
                return Optional.empty();
            }
            shards.add(new CorpusManifest.Shard(
                    name, json.get("samples").asLong(), json.get("bytes").asLong(), sha256));
        }
        return Optional.of(shards);
    }

    private Path record(String shard) {
        return work.written().resolve(shard + ".json");
    }

    private long number(int bucket, int from) {
        return (layout.first(bucket) + from) / samplesPerShard;
    }

    /** File of a shard. */
    static String name(long shard) {
        return String.format(Locale.ROOT, "shard-%05d.jsonl.zst", shard);
    }

    static ObjectNode json(CorpusManifest.Shard shard) {
        return WorkDirectory.JSON
                .createObjectNode()
                .put("file", shard.file())
                .put("samples", shard.samples())
                .put("bytes", shard.bytes())
                .put("sha256", shard.sha256());
    }
}

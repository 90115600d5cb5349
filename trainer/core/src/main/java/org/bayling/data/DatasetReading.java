package org.bayling.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.bayling.config.DataConfig;
import org.bayling.config.DataConfig.Overlong;

/**
 * Reads one data set from its files into a token cache: this thread reads rows and writes samples, the workers parse and
 * encode. Rows keep their order, and at most {@link #CHUNKS_A_WORKER} chunks for each worker are in memory.
 */
final class DatasetReading {
    private static final int CHUNK = 64;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CHUNKS_A_WORKER = 4;
    private static final long PROGRESS_NANOS = 200_000_000L;

    private final DataConfig.Dataset dataset;
    private final DataConfig data;
    private final SampleEncoder encoder;
    private final ExecutorService workers;
    private final int inFlight;
    private final BadRows runBadRows;
    private final ReadProgress progress;

    private final SampleFormat format;
    private final BadRows badRows = new BadRows(Long.MAX_VALUE);
    private final LanguageCounts counts;
    private final Map<SampleTags, Integer> tags = new LinkedHashMap<>();
    private final Deque<Future<List<Outcome>>> pending = new ArrayDeque<>();
    private List<Row> chunk = new ArrayList<>(CHUNK);
    private long chunkStart;
    private boolean more;
    private long rows;
    private long shownAt;

    /**
     * @param corpus the files are shards of a corpus
     * @param workers run the encoding; {@code threads} of them
     * @param runBadRows bad rows of the run so far, which ends the reading when there are too many
     */
    DatasetReading(
            DataConfig.Dataset dataset,
            boolean corpus,
            DataConfig data,
            SampleEncoder encoder,
            ExecutorService workers,
            int threads,
            BadRows runBadRows,
            ReadProgress progress) {
        this.dataset = dataset;
        this.data = data;
        this.encoder = encoder;
        this.workers = workers;
        this.inFlight = threads * CHUNKS_A_WORKER;
        this.runBadRows = runBadRows;
        this.progress = progress;
        this.format = new SampleFormat(dataset, corpus);
        this.counts = new LanguageCounts(dataset);
    }

    /** What became of one row: a sample, or a bad row, or nothing of either when it was dropped. */
    private record Outcome(
            Optional<EncodedSample> sample,
            int trainedBytes,
            Optional<BadRow> bad,
            SampleTags tags,
            boolean overlong) {}

    /** Reads the files and publishes the cache at {@code target}; nothing is left there when this fails. */
    void into(Path target, List<Path> files, String key) throws IOException {
        long totalBytes = 0;
        for (Path file : files) {
            totalBytes += Files.size(file);
        }
        try (TokenCacheWriter writer = new TokenCacheWriter(target)) {
            long before = 0;
            more = true;
            for (int i = 0; i < files.size() && more; i++) {
                readFile(files.get(i), writer, before, totalBytes);
                before += Files.size(files.get(i));
            }
            more = more && submit(writer);
            while (more && !pending.isEmpty()) {
                more = drainOne(writer);
            }
            writer.publish(new TokenCache.Summary(
                    key,
                    writer.samples(),
                    writer.tokens(),
                    List.copyOf(tags.keySet()),
                    counts.lines(),
                    badRows.first(),
                    badRows.counts()));
            progress.read(dataset.name(), rows, totalBytes, totalBytes);
        } finally {
            pending.forEach(future -> future.cancel(true));
        }
    }

    private void readFile(Path file, TokenCacheWriter writer, long before, long totalBytes) throws IOException {
        chunkStart = 0;
        more = true;
        DataFiles.reader(file).read(file, (row, bytes) -> {
            chunk.add(row);
            if (chunk.size() == CHUNK || bytes - chunkStart >= CHUNK_BYTES) {
                chunkStart = bytes;
                more = submit(writer);
                show(before + bytes, totalBytes);
            }
            return more;
        });
    }

    /** Hands the chunk to the workers, after waiting for the oldest one when too many are under way. */
    private boolean submit(TokenCacheWriter writer) throws IOException {
        List<Row> full = chunk;
        chunk = new ArrayList<>(CHUNK);
        pending.add(workers.submit(() -> full.stream().map(this::encode).toList()));
        return pending.size() < inFlight || drainOne(writer);
    }

    private boolean drainOne(TokenCacheWriter writer) throws IOException {
        for (Outcome outcome : await(pending.remove())) {
            if (writer.samples() >= dataset.maxSamples().orElse(Long.MAX_VALUE)) {
                return false;
            }
            take(outcome, writer);
        }
        return true;
    }

    private void take(Outcome outcome, TokenCacheWriter writer) throws IOException {
        rows++;
        counts.count(
                outcome.tags.language(), outcome.sample, outcome.trainedBytes, outcome.bad.isPresent(), outcome.overlong);
        if (outcome.bad.isPresent()) {
            badRows.add(outcome.bad.get());
            runBadRows.add(outcome.bad.get());
        } else if (outcome.sample.isPresent()) {
            int number = tags.computeIfAbsent(outcome.tags, t -> tags.size());
            writer.add(outcome.sample.get(), outcome.trainedBytes, number);
        }
    }

    /** Runs in a worker. */
    private Outcome encode(Row row) {
        try {
            Sample sample = format.read(row.content().parse());
            EncodedSample encoded = encoder.encode(sample);
            if (encoded.trainedTokens() == 0) {
                throw new BadRowException(
                        BadRow.Reason.TRAINS_NOTHING, "no token of the sample is trained after masking");
            }
            boolean overlong = encoded.length() > data.cutoffLen();
            Optional<EncodedSample> used = overlong ? cut(encoded) : Optional.of(encoded);
            int trainedBytes = used.map(encoder::trainedBytes).orElse(0);
            return new Outcome(used, trainedBytes, Optional.empty(), sample.tags(), overlong);
        } catch (BadRowException e) {
            return new Outcome(
                    Optional.empty(), 0, Optional.of(e.at(row.origin())), SampleTags.language(dataset.language()), false);
        }
    }

    private Optional<EncodedSample> cut(EncodedSample encoded) throws BadRowException {
        if (data.overlong() == Overlong.RAISE) {
            throw new BadRowException(
                    BadRow.Reason.OVERLONG,
                    encoded.length() + " tokens, more than cutoff_len: " + data.cutoffLen()
                            + "; raise cutoff_len, or set overlong to truncate or drop");
        }
        if (data.overlong() == Overlong.DROP) {
            return Optional.empty();
        }
        EncodedSample cut = encoded.truncated(data.cutoffLen());
        if (cut.trainedTokens() == 0) {
            throw new BadRowException(
                    BadRow.Reason.TRAINS_NOTHING,
                    "of its " + encoded.length() + " tokens the first cutoff_len: " + data.cutoffLen()
                            + " are all prompt; raise cutoff_len, or set overlong to drop");
        }
        return Optional.of(cut);
    }

    private void show(long bytes, long totalBytes) {
        long now = System.nanoTime();
        if (now - shownAt > PROGRESS_NANOS) {
            shownAt = now;
            progress.read(dataset.name(), rows, Math.min(bytes, totalBytes), totalBytes);
        }
    }

    private static List<Outcome> await(Future<List<Outcome>> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading the data", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a row could not be encoded: " + e.getCause(), e.getCause());
        }
    }
}

package org.bayling.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.bayling.io.MappedFile;

/**
 * The tokens of one data set in a mapped file; any sample is found in O(1) and nothing but the file's summary lies on
 * the heap. The format is specified on the package page. Safe for several threads.
 */
final class TokenCache implements AutoCloseable {
    static final byte[] MAGIC = "BAYLTOK\n".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 2;
    static final int HEADER = 16;
    static final int RECORD = 24;
    static final int TRAILER = 24;
    static final int TRAINED = 1 << 31;

    private static final int RECORDS_A_VIEW = 1 << 20;
    private static final int BUFFER = 1 << 20;

    private final MappedFile file;
    private final Summary summary;
    private final long indexOffset;
    private final ByteBuffer[] index;

    /**
     * What the footer says.
     *
     * @param key {@link CacheKey} of the data
     * @param samples number of samples
     * @param tokens of all samples
     * @param tags that samples have
     * @param lines counts for the report, by language
     * @param badRows first bad rows
     * @param badCounts all bad rows by kind
     */
    record Summary(
            String key,
            long samples,
            long tokens,
            List<SampleTags> tags,
            List<DataReport.Line> lines,
            List<BadRow> badRows,
            Map<BadRow.Reason, Long> badCounts) {}

    private TokenCache(MappedFile file, Summary summary, long indexOffset) throws IOException {
        this.file = file;
        this.summary = summary;
        this.indexOffset = indexOffset;
        this.index = new ByteBuffer[Math.toIntExact((summary.samples + RECORDS_A_VIEW - 1) / RECORDS_A_VIEW)];
        for (int i = 0; i < index.length; i++) {
            long first = (long) i * RECORDS_A_VIEW;
            int records = (int) Math.min(RECORDS_A_VIEW, summary.samples - first);
            index[i] = file.view(indexOffset + first * RECORD, records * RECORD);
        }
    }

    /** Opens a cache that is whole and was made for this key; empty when there is none, or it is damaged. */
    static Optional<TokenCache> openValid(Path path, String key, String dataset) throws IOException {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        MappedFile file = MappedFile.open(path);
        try {
            Optional<TokenCache> cache = validated(file, key, dataset);
            if (cache.isEmpty()) {
                file.close();
            }
            return cache;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Optional<TokenCache> validated(MappedFile file, String key, String dataset) throws IOException {
        if (file.length() < HEADER + TRAILER) {
            return Optional.empty();
        }
        ByteBuffer header = file.view(0, HEADER);
        byte[] magic = new byte[MAGIC.length];
        header.get(magic);
        if (!Arrays.equals(magic, MAGIC) || header.getInt() != VERSION) {
            return Optional.empty();
        }
        long trailerOffset = file.length() - TRAILER;
        ByteBuffer trailer = file.view(trailerOffset, TRAILER);
        long indexOffset = trailer.getLong();
        long footerOffset = trailer.getLong();
        int footerLength = trailer.getInt();
        int crc = trailer.getInt();
        if (crc != crc(file, file.length() - Integer.BYTES)) {
            return Optional.empty();
        }
        byte[] footer = new byte[footerLength];
        file.view(footerOffset, footerLength).get(footer);
        Summary summary = CacheFooter.read(footer, dataset);
        return summary.key.equals(key) ? Optional.of(new TokenCache(file, summary, indexOffset)) : Optional.empty();
    }

    private static int crc(MappedFile file, long length) throws IOException {
        CRC32C crc = new CRC32C();
        for (long at = 0; at < length; at += BUFFER) {
            crc.update(file.view(at, (int) Math.min(BUFFER, length - at)));
        }
        return (int) crc.getValue();
    }

    Summary summary() {
        return summary;
    }

    long samples() {
        return summary.samples;
    }

    /** Tokens of a sample. */
    int length(long sample) {
        return record(sample).getInt(at(sample) + 8);
    }

    /** Tokens of a sample that have a loss. */
    int trainedTokens(long sample) {
        return record(sample).getInt(at(sample) + 12);
    }

    /** UTF-8 bytes that those stand for. */
    int trainedBytes(long sample) {
        return record(sample).getInt(at(sample) + 16);
    }

    /** Index into {@link Summary#tags()}. */
    int tags(long sample) {
        return record(sample).getInt(at(sample) + 20);
    }

    /**
     * Writes a sample's ids and shifted labels into two arrays, from {@code to} on.
     *
     * @return how many were written
     */
    int read(long sample, int[] tokens, int[] labels, int to) throws IOException {
        long offset = record(sample).getLong(at(sample));
        int length = length(sample);
        ByteBuffer words = file.view(offset, length * Integer.BYTES);
        for (int t = 0; t < length; t++) {
            int word = words.getInt();
            tokens[to + t] = word & ~TRAINED;
            if (t > 0) {
                labels[to + t - 1] = (word & TRAINED) != 0 ? word & ~TRAINED : Batch.UNTRAINED;
            }
        }
        labels[to + length - 1] = Batch.UNTRAINED;
        return length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private ByteBuffer record(long sample) {
        if (sample < 0 || sample >= summary.samples) {
            throw new IndexOutOfBoundsException(file.path() + ": sample " + sample + " of " + summary.samples);
        }
        return index[(int) (sample / RECORDS_A_VIEW)];
    }

    private static int at(long sample) {
        return (int) (sample % RECORDS_A_VIEW) * RECORD;
    }
}

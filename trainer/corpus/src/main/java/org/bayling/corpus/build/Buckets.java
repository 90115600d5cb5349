package org.bayling.corpus.build;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.BufferedInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bayling.io.CorruptFileException;

/**
 * Lines on their way to their places: each bucket holds those of a range of places, in no order, and is read back in
 * order. Safe for several threads.
 */
final class Buckets implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Layout layout;
    private final List<Bucket> buckets = new ArrayList<>();

    /**
     * Which places a bucket holds.
     *
     * @param samples of all
     * @param samplesEach of every bucket but the last
     */
    record Layout(Path folder, long samples, long samplesEach) {
        /** At most this many buckets are open at once. */
        private static final int MOST = 256;

        /** Whole shards to a bucket. */
        static Layout of(Path folder, long samples, int samplesPerShard) {
            long shards = (samples + samplesPerShard - 1) / samplesPerShard;
            return new Layout(folder, samples, (shards + MOST - 1) / MOST * samplesPerShard);
        }

        int count() {
            return Math.toIntExact((samples + samplesEach - 1) / samplesEach);
        }

        long first(int bucket) {
            return bucket * samplesEach;
        }

        int size(int bucket) {
            return Math.toIntExact(Math.min(samplesEach, samples - first(bucket)));
        }

        Path file(int bucket) {
            return folder.resolve(String.format(Locale.ROOT, "bucket-%03d", bucket));
        }
    }

    Buckets(Layout layout) throws IOException {
        this.layout = layout;
        for (int i = 0; i < layout.count(); i++) {
            buckets.add(new Bucket(layout.file(i)));
        }
    }

    void add(long place, byte[] line) throws IOException {
        buckets.get((int) (place / layout.samplesEach())).add(place, line);
    }

    /** Writes everything out and forces it to disk. */
    void finish() throws IOException {
        for (Bucket bucket : buckets) {
            bucket.finish();
        }
    }

    /**
     * The lines of a bucket in the order of their places.
     *
     * @throws CorruptFileException when they are not all there
     */
    static byte[][] read(Layout layout, int bucket) throws IOException {
        Path file = layout.file(bucket);
        byte[][] lines = new byte[layout.size(bucket)][];
        int found = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            for (; found < lines.length; found++) {
                long place = in.readLong() - layout.first(bucket);
                byte[] line = new byte[in.readInt()];
                in.readFully(line);
                if (place < 0 || place >= lines.length || lines[(int) place] != null) {
                    throw damaged(file, "a place twice or out of range");
                }
                lines[(int) place] = line;
            }
        } catch (EOFException e) {
            throw damaged(file, found + " of " + lines.length + " samples");
        }
        return lines;
    }

    private static CorruptFileException damaged(Path file, String found) {
        return new CorruptFileException(file, "the unfinished corpus is damaged", found,
                "every sample once; remove the folder above it and build again");
    }

    @Override
    public void close() throws IOException {
        for (Bucket bucket : buckets) {
            bucket.channel.close();
        }
    }

    private static final class Bucket {
        private final FileChannel channel;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER);
        private final DataOutputStream out = new DataOutputStream(buffer);

        Bucket(Path file) throws IOException {
            channel = FileChannel.open(
                    file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        }

        synchronized void add(long place, byte[] line) throws IOException {
            out.writeLong(place);
            out.writeInt(line.length);
            out.write(line);
            if (buffer.size() >= BUFFER) {
                flush();
            }
        }

        synchronized void finish() throws IOException {
            flush();
            channel.force(true);
            channel.close();
        }

        private void flush() throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(buffer.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            buffer.reset();
        }
    }
}

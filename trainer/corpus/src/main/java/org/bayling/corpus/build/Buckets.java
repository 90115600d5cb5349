package org.bayling.corpus.build;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.bayling.io.CorruptFileException;
import org.bayling.io.DurableFile;

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

    /**
     * How far a bucket is written.
     *
     * @param crc32c of these bytes
     */
    record Mark(long bytes, long crc32c) {
        static final Mark START = new Mark(0, 0);
    }

    private Buckets(Layout layout) {
        this.layout = layout;
    }

    /** Empty ones. */
    static Buckets begin(Layout layout) throws IOException {
        return resume(layout, Collections.nCopies(layout.count(), Mark.START)).orElseThrow();
    }

    /**
     * Goes on behind the marks; what was written after them is cut off.
     *
     * @return empty when a bucket is not what it was at its mark
     */
    static Optional<Buckets> resume(Layout layout, List<Mark> marks) throws IOException {
        boolean whole = marks.size() == layout.count();
        Buckets buckets = new Buckets(layout);
        try {
            for (int i = 0; whole && i < layout.count(); i++) {
                Bucket bucket = new Bucket(layout.file(i));
                buckets.buckets.add(bucket);
                whole = bucket.resume(marks.get(i));
            }
        } catch (IOException | RuntimeException e) {
            buckets.close();
            throw e;
        }
        if (!whole) {
            buckets.close();
            return Optional.empty();
        }
        return Optional.of(buckets);
    }

    void add(long place, byte[] line) throws IOException {
        buckets.get((int) (place / layout.samplesEach())).add(place, line);
    }

    /** Writes everything out, so that a killed process can be resumed from here. */
    List<Mark> marks() throws IOException {
        List<Mark> marks = new ArrayList<>(buckets.size());
        for (Bucket bucket : buckets) {
            marks.add(bucket.mark());
        }
        return marks;
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
        private final Path file;
        private final FileChannel channel;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER);
        private final DataOutputStream out = new DataOutputStream(buffer);
        private final CRC32C checksum = new CRC32C();

        Bucket(Path file) throws IOException {
            this.file = file;
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        }

        boolean resume(Mark mark) throws IOException {
            if (channel.size() < mark.bytes()) {
                return false;
            }
            channel.truncate(mark.bytes());
            ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
            while (channel.read(bytes.clear()) >= 0) {
                checksum.update(bytes.flip());
            }
            return checksum.getValue() == mark.crc32c();
        }

        synchronized Mark mark() throws IOException {
            flush();
            return new Mark(channel.position(), checksum.getValue());
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
            byte[] written = buffer.toByteArray();
            checksum.update(written);
            DurableFile.writeAll(channel, ByteBuffer.wrap(written), file);
            buffer.reset();
        }
    }
}

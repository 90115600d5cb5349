package org.bayling.evaluation.scoring;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.bayling.data.DataException;
import org.bayling.data.StoredFile;

/**
 * Files whose lines belong together, read side by side in batches. A line ends at a line feed only; gzip and zstd are
 * told by a file's first bytes. For one thread; holds one batch at a time.
 */
public final class ParallelText implements AutoCloseable {
    private static final int BATCH_LINES = 256;
    private static final int BATCH_BYTES = 1 << 20;

    private final List<Path> files;
    private final List<Lines> open;
    private long lines;

    private ParallelText(List<Path> files, List<Lines> open) {
        this.files = files;
        this.open = open;
    }

    /**
     * Lines that belong together.
     *
     * @param firstLine number of the first, from 1
     * @param files where each comes from
     * @param lines for each file as many lines, without their line feeds
     */
    public record Batch(long firstLine, List<Path> files, List<List<byte[]>> lines) {

        /** Lines of each file. */
        public int size() {
            return lines.get(0).size();
        }

        /**
         * A line as text, without white space at its end.
         *
         * @throws DataException when it is not UTF-8
         */
        public String text(int file, int index) throws DataException {
            return Utf8Lines.decode(lines.get(file).get(index), files.get(file), firstLine + index);
        }
    }

    /** Opens all files. */
    public static ParallelText open(List<Path> files) throws IOException {
        List<Lines> open = new ArrayList<>();
        try {
            for (Path file : files) {
                if (Files.isDirectory(file)) {
                    throw new DataException(file + ": is a directory; a text file is needed, a segment a line");
                }
                open.add(new Lines(file, StoredFile.open(file)));
            }
        } catch (IOException problem) {
            for (Lines lines : open) {
                lines.close();
            }
            throw problem;
        }
        return new ParallelText(List.copyOf(files), open);
    }

    /**
     * The next lines of all files; none when all are at their end.
     *
     * @throws DataException when one has fewer lines than another, or no line at all
     */
    public Optional<Batch> next() throws IOException {
        List<List<byte[]>> batch = new ArrayList<>();
        open.forEach(file -> batch.add(new ArrayList<>(BATCH_LINES)));
        int size = 0;
        for (int count = 0; count < BATCH_LINES && size < BATCH_BYTES; count++) {
            int ended = 0;
            for (int i = 0; i < open.size(); i++) {
                byte[] line = open.get(i).next();
                if (line == null) {
                    ended++;
                } else {
                    batch.get(i).add(line);
                    size += line.length;
                }
            }
            if (ended == open.size()) {
                break;
            }
            if (ended > 0) {
                throw unequal();
            }
        }
        Batch read = new Batch(lines + 1, files, batch);
        if (lines == 0 && read.size() == 0) {
            throw new DataException(files.get(0) + ": is empty; nothing can be scored");
        }
        lines += read.size();
        return read.size() == 0 ? Optional.empty() : Optional.of(read);
    }

    private DataException unequal() throws IOException {
        for (Lines file : open) {
            while (file.next() != null) {
                // only counted
            }
        }
        long first = open.get(0).count;
        Lines other =
                open.stream().filter(file -> file.count != first).findFirst().orElseThrow();
        String all = open.stream()
                .map(file -> file.path + " has " + file.count + (file.count == 1 ? " line" : " lines"))
                .distinct()
                .collect(Collectors.joining(", "));
        return new DataException(all + ": they must have as many, since line n of one belongs to line n of the others"
                + "; from line " + (Math.min(first, other.count) + 1) + " on there is nothing to compare");
    }

    @Override
    public void close() throws IOException {
        for (Lines file : open) {
            file.close();
        }
    }

    /** The lines of one file. */
    private static final class Lines implements AutoCloseable {
        private final Path path;
        private final StoredFile stored;
        private final InputStream in;
        private byte[] buffer = new byte[1 << 16];
        private int start;
        private int end;
        private long count;

        Lines(Path path, StoredFile stored) {
            this.path = path;
            this.stored = stored;
            this.in = stored.bytes();
        }

        byte[] next() throws IOException {
            int scanned = start;
            while (true) {
                for (int i = scanned; i < end; i++) {
                    if (buffer[i] == '\n') {
                        byte[] line = Arrays.copyOfRange(buffer, start, i);
                        start = i + 1;
                        count++;
                        return line;
                    }
                }
                scanned = end - start;
                if (!fill()) {
                    byte[] rest = start == end ? null : Arrays.copyOfRange(buffer, start, end);
                    count += rest == null ? 0 : 1;
                    start = end;
                    return rest;
                }
            }
        }

        /** Moves what is left to the front, makes room and reads more. */
        private boolean fill() throws IOException {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
            if (end == buffer.length) {
                if (end > Integer.MAX_VALUE / 2 - 8) {
                    throw new DataException(path + ":" + (count + 1) + ": the line is longer than 1 GiB");
                }
                buffer = Arrays.copyOf(buffer, 2 * end);
            }
            int read = read();
            end += Math.max(0, read);
            return read > 0;
        }

        private int read() throws IOException {
            try {
                return in.read(buffer, end, buffer.length - end);
            } catch (EOFException | ZipException broken) {
                throw new DataException(
                        path + ":" + (count + 1) + ": the compressed file is broken off or damaged here; make it again",
                        broken);
            }
        }

        @Override
        public void close() throws IOException {
            stored.close();
        }
    }
}

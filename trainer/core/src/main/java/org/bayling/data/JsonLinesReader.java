package org.bayling.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** One JSON object a line; empty lines are passed over. */
final class JsonLinesReader implements RowReader {
    /** Bytes of one line; what is longer is no training sample, and would not fit the memory that reading may take. */
    static final int MAX_LINE = 16 << 20;

    @Override
    public void read(Path file, Consumer rows) throws IOException {
        try (StoredFile stored = StoredFile.open(file)) {
            Lines lines = new Lines(file, stored.bytes());
            while (lines.next()) {
                if (!lines.blank() && !rows.accept(lines.row(), stored.bytesRead())) {
                    return;
                }
            }
        } catch (java.util.zip.ZipException | java.io.EOFException | com.github.luben.zstd.ZstdIOException e) {
            throw new DataException(file + ": the compressed data are damaged or cut off: " + e.getMessage(), e);
        }
    }

    /** Splits bytes at line feeds without decoding them. */
    private static final class Lines {
        private final Path file;
        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private int at;
        private int end;
        private long number;
        private boolean tooLong;
        private boolean blank;

        Lines(Path file, InputStream in) {
            this.file = file;
            this.in = in;
        }

        boolean next() throws IOException {
            line.reset();
            tooLong = false;
            blank = true;
            number++;
            boolean any = false;
            while (true) {
                if (at == end) {
                    end = Math.max(0, in.read(buffer));
                    at = 0;
                    if (end == 0) {
                        return any;
                    }
                }
                any = true;
                int start = at;
                while (at < end && buffer[at] != '\n') {
                    blank &= buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r';
                    at++;
                }
                keep(start);
                if (at < end) {
                    at++;
                    return true;
                }
            }
        }

        private void keep(int start) {
            tooLong |= line.size() + (at - start) > MAX_LINE;
            if (!tooLong) {
                line.write(buffer, start, at - start);
            }
        }

        boolean blank() {
            return blank;
        }

        Row row() {
            Origin origin = Origin.line(file, number);
            if (tooLong) {
                return Row.bad(origin, BadRow.Reason.TOO_LARGE, "the line is longer than " + (MAX_LINE >> 20) + " MiB");
            }
            byte[] bytes = line.toByteArray();
            return new Row(origin, () -> JsonRows.parse(bytes));
        }
    }
}

package org.bayling.data;

import java.io.IOException;
import java.nio.file.Path;

/** Streams the rows of one file; holds a few of them in memory at a time, whatever the size of the file. */
interface RowReader {

    /** Takes the rows of a file in order. */
    @FunctionalInterface
    interface Consumer {
        /**
         * @param row next row
         * @param bytes bytes of the file read so far, as stored
         * @return false to stop reading
         */
        boolean accept(Row row, long bytes) throws IOException;
    }

    /**
     * Gives all rows of a file to the consumer.
     *
     * @throws DataException when the file as a whole cannot be read on: truncated, not of the format, not UTF-8
     */
    void read(Path file, Consumer rows) throws IOException;
}

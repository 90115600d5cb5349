package org.bayling.data;

/** Told how far the reading of a data set is; called by the thread that opens the data, a few times a second at most. */
@FunctionalInterface
public interface ReadProgress {
    /** Nobody is listening. */
    ReadProgress NONE = (dataset, rows, bytes, totalBytes) -> {};

    /**
     * @param dataset name of the data set, with {@code " (checksum)"} behind it while its bytes are only hashed
     * @param rows rows read so far
     * @param bytes bytes of its files read so far, as stored; equal to {@code totalBytes} in the last call
     * @param totalBytes bytes of all its files, as stored
     */
    void read(String dataset, long rows, long bytes, long totalBytes);
}

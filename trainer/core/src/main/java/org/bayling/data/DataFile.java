package org.bayling.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.io.Checksum;
import org.bayling.io.FileDigest;

/**
 * A file of a data set as it was when it was read.
 *
 * @param dataset name of the data set
 * @param path as the configuration names or finds it
 * @param bytes its length
 * @param sha256 of its bytes as they are stored, in hexadecimal
 */
public record DataFile(String dataset, Path path, long bytes, String sha256) {

    /** Reads all files of a data set once for their digests. */
    static List<DataFile> all(String dataset, List<Path> paths, ReadProgress progress) throws IOException {
        long total = 0;
        for (Path path : paths) {
            total += Files.size(path);
        }
        List<DataFile> files = new ArrayList<>();
        long before = 0;
        for (Path path : paths) {
            long read = before;
            long all = total;
            FileDigest digest = Checksum.ofFile(
                    path, bytes -> progress.read(dataset + " (checksum)", 0, Math.min(read + bytes, all), all));
            files.add(new DataFile(dataset, path, digest.bytes(), digest.sha256()));
            before += digest.bytes();
        }
        return List.copyOf(files);
    }
}

package org.bayling.evaluation.results;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bayling.io.Checksum;

/**
 * What tells one model from another in a results file. Of weights their length and time of change count, because
 * reading them would take as long as a short evaluation; small files count with their content.
 */
public final class ModelFingerprint {
    private static final long SMALL = 1 << 20;

    private ModelFingerprint() {}

    /**
     * SHA-256 in hexadecimal.
     *
     * @param files that the model and its adapter are made of, in a fixed order
     * @param arithmetic what products run in
     */
    public static String of(List<Path> files, String arithmetic) throws IOException {
        Checksum checksum = new Checksum();
        StringBuilder text = new StringBuilder(arithmetic);
        for (Path file : files) {
            long bytes = Files.size(file);
            text.append('\n').append(file.getFileName()).append(' ').append(bytes).append(' ');
            text.append(
                    bytes <= SMALL
                            ? Checksum.ofFile(file).sha256()
                            : Files.getLastModifiedTime(file).toInstant().toString());
        }
        checksum.update(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
        return checksum.finish().sha256();
    }
}

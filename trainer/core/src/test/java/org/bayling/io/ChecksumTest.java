package org.bayling.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumTest {
    /** The check value of CRC-32C and the digest of FIPS 180's tools for the digits 1 to 9. */
    private static final FileDigest DIGITS = new FileDigest(
            9, "e3069283", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");

    @Test
    void piecesAndFilesGiveThePublishedDigests(@TempDir Path directory) throws IOException {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        Checksum checksum = new Checksum();
        ByteBuffer first = ByteBuffer.wrap(digits, 0, 4);
        checksum.update(first);
        checksum.update(ByteBuffer.wrap(digits, 4, 5));
        assertThat(checksum.finish()).isEqualTo(DIGITS);
        assertThat(first.remaining()).isEqualTo(4);
        assertThat(Checksum.ofFile(Files.write(directory.resolve("digits"), digits))).isEqualTo(DIGITS);
        assertThat(checksum.finish().bytes()).isZero();
    }
}

package org.bayling.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Length, CRC-32C and SHA-256 of a stream of bytes, taken together. Not safe for use by several threads. */
public final class Checksum {
    private static final int BLOCK = 8 << 20;

    private final CRC32C crc32c = new CRC32C();
    private final MessageDigest sha256 = newSha256();
    private long bytes;

    /** Takes in the remaining bytes; the buffer's position stays as it is. */
    public void update(ByteBuffer buffer) {
        bytes += buffer.remaining();
        crc32c.update(buffer.duplicate());
        sha256.update(buffer.duplicate());
    }

    /** The digest of all bytes so far; the checksum starts anew after it. */
    public FileDigest finish() {
        FileDigest digest = new FileDigest(
                bytes,
                HexFormat.of().toHexDigits((int) crc32c.getValue()),
                HexFormat.of().formatHex(sha256.digest()));
        bytes = 0;
        crc32c.reset();
        return digest;
    }

    /** The digest of a whole file. */
    public static FileDigest ofFile(Path path) throws IOException {
        Checksum checksum = new Checksum();
        try (MappedFile file = MappedFile.open(path)) {
            for (long at = 0; at < file.length(); at += BLOCK) {
                checksum.update(file.view(at, (int) Math.min(BLOCK, file.length() - at)));
            }
        }
        return checksum.finish();
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package org.bayling.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/** Length, CRC-32C and SHA-256 of a stream of bytes, taken together. Not safe for use by several threads. */
public final class Checksum {
    private static final int BLOCK = 1 << 20;

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
        return ofFile(path, bytes -> {});
    }

    /**
     * The digest of a whole file, read and not mapped: others may write to it meanwhile.
     *
     * @param progress told how many bytes were read so far
     */
    public static FileDigest ofFile(Path path, LongConsumer progress) throws IOException {
        Checksum checksum = new Checksum();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            while (file.read(block) >= 0) {
                checksum.update(block.flip());
                block.clear();
                progress.accept(checksum.bytes);
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

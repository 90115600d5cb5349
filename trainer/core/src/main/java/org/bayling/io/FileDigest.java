package org.bayling.io;

/**
 * What a manifest says of a file.
 *
 * @param bytes its length
 * @param crc32c CRC-32C (Castagnoli), eight lower-case hexadecimal digits
 * @param sha256 SHA-256, 64 lower-case hexadecimal digits
 */
public record FileDigest(long bytes, String crc32c, String sha256) {}

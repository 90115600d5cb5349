package org.bayling.corpus.build;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What a corpus was made of, as one number: SHA-256 over the SHA-256 of each part, in order. A part is what the filters
 * leave of {@link #PART} items that follow each other in a source, so that parts can be read in different places.
 */
final class ItemsDigest {
    /** Items of a part before the filters; the last one of a source has what remains. */
    static final int PART = 1024;

    private final MessageDigest digest = BuildKey.sha256();

    /** @param sha256 of the next part, as {@link ItemStore.Writer#endPart} gives it */
    void add(byte[] sha256) {
        digest.update(sha256);
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

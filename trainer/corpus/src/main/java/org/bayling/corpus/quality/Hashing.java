package org.bayling.corpus.quality;

import java.util.HexFormat;

/** 64-bit hashes that are the same on every machine. */
final class Hashing {
    private static final long SEED = 0x9E3779B97F4A7C15L;

    private Hashing() {}

    /** Spreads every bit over all others (the finaliser of SplitMix64). */
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Joins a hash and a further value. */
    static long join(long hash, long value) {
        return mix(hash * SEED + value);
    }

    /** Of the characters of a text. */
    static long text(CharSequence text) {
        return text(text, 0, text.length());
    }

    /** Of the characters of a part of a text. */
    static long text(CharSequence text, int start, int end) {
        long hash = SEED;
        for (int i = start; i < end; i++) {
            hash = (hash ^ text.charAt(i)) * 0xD6E8FEB86659FD93L;
            hash ^= hash >>> 32;
        }
        return join(hash, end - start);
    }

    static String hex(long hash) {
        return HexFormat.of().toHexDigits(hash);
    }
}

package org.bayling.numeric;

/**
 * Randomness without state: every draw is a pure function of a seed and a position, so that a resumed run needs no
 * generator to be restored and no draw depends on how many came before it.
 *
 * <p>The mixing function is the finaliser of SplitMix64 (Steele, Lea, Flood 2014), applied once for each part.
 */
public final class Rng {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Rng() {}

    /** A 64-bit hash of the parts, in order; equal parts give equal hashes on every machine. */
    public static long mix(long... parts) {
        long hash = 0;
        for (long part : parts) {
            hash = finish(hash + GOLDEN_GAMMA + finish(part + GOLDEN_GAMMA));
        }
        return hash;
    }

    /** A uniform number in [0, 1) with 53 random bits, drawn at this position. */
    public static double uniform(long... parts) {
        return (mix(parts) >>> 11) * 0x1.0p-53;
    }

    /** A uniform integer in [0, bound), drawn at this position; the bias is below bound / 2^64. */
    public static long below(long bound, long... parts) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be > 0, got " + bound);
        }
        return Long.remainderUnsigned(mix(parts), bound);
    }

    private static long finish(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

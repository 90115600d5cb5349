package org.bayling.evaluation.significance;

import java.util.Arrays;

/**
 * The random numbers of NumPy's {@code default_rng(seed)}: PCG64 (O'Neill 2014, XSL-RR 128/64), begun by SeedSequence.
 * For one thread.
 */
final class NumpyGenerator {
    private static final long MULTIPLIER_HIGH = 0x2360ED051FC65DA4L;
    private static final long MULTIPLIER_LOW = 0x4385DF649FCCF645L;

    private final long incrementHigh;
    private final long incrementLow;
    private long high;
    private long low;
    private boolean halfLeft;
    private int half;
    private int bits;
    private int bitsLeft;

    /** @throws IllegalArgumentException for a negative seed, which NumPy has not either */
    NumpyGenerator(long seed) {
        if (seed < 0) {
            throw new IllegalArgumentException("the seed is " + seed + "; it cannot be negative");
        }
        long[] words = seedWords(seed);
        incrementHigh = words[2] << 1 | words[3] >>> 63;
        incrementLow = words[3] << 1 | 1;
        step();
        long sum = low + words[1];
        high += words[0] + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        low = sum;
        step();
    }

    /** SeedSequence: four words of 64 bits. */
    private static long[] seedWords(long seed) {
        int[] pool = new int[4];
        int[] entropy = {(int) seed, (int) (seed >>> 32), 0, 0};
        int constant = 0x43b0d7e5;
        for (int i = 0; i < 4; i++) {
            pool[i] = hash(entropy[i], constant, constant *= 0x931e8875);
        }
        for (int source = 0; source < 4; source++) {
            for (int target = 0; target < 4; target++) {
                if (source != target) {
                    int hashed = hash(pool[source], constant, constant *= 0x931e8875);
                    int mixed = 0xca01f9dd * pool[target] - 0x4973f715 * hashed;
                    pool[target] = mixed ^ mixed >>> 16;
                }
            }
        }
        long[] words = new long[4];
        constant = 0x8b51f9dd;
        for (int i = 0; i < 8; i++) {
            int word = hash(pool[i % 4], constant, constant *= 0x58f38ded);
            words[i / 2] |= (word & 0xffffffffL) << 32 * (i % 2);
        }
        return words;
    }

    private static int hash(int value, int before, int after) {
        int hashed = (value ^ before) * after;
        return hashed ^ hashed >>> 16;
    }

    private void step() {
        long productHigh = unsignedMultiplyHigh(low, MULTIPLIER_LOW) + high * MULTIPLIER_LOW + low * MULTIPLIER_HIGH;
        long productLow = low * MULTIPLIER_LOW;
        low = productLow + incrementLow;
        high = productHigh + incrementHigh + (Long.compareUnsigned(low, productLow) < 0 ? 1 : 0);
    }

    private static long unsignedMultiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    /** 64 random bits. */
    long next64() {
        step();
        return Long.rotateRight(high ^ low, (int) (high >>> 58));
    }

    /** 32 random bits: the lower half of 64, then the upper one. */
    int next32() {
        if (halfLeft) {
            halfLeft = false;
            return half;
        }
        long both = next64();
        half = (int) (both >>> 32);
        halfLeft = true;
        return (int) both;
    }

    /** Fills {@code into} with numbers below {@code bound}, as {@code choice(bound, size)} does. */
    void choose(int bound, int[] into) {
        if (bound == 1) {
            Arrays.fill(into, 0); // NumPy draws nothing then
            return;
        }
        long threshold = ((1L << 32) - bound) % bound;
        for (int i = 0; i < into.length; i++) {
            long product = (next32() & 0xffffffffL) * bound;
            while ((product & 0xffffffffL) < threshold) {
                product = (next32() & 0xffffffffL) * bound;
            }
            into[i] = (int) (product >>> 32);
        }
    }

    /** Fills {@code into} as {@code integers(2, size, dtype=bool)} does; consecutive calls go on like one. */
    void flip(boolean[] into) {
        for (int i = 0; i < into.length; i++) {
            if (bitsLeft == 0) {
                bits = next32();
                bitsLeft = 32;
            }
            into[i] = (bits & 1) != 0;
            bits >>>= 1;
            bitsLeft--;
        }
    }
}

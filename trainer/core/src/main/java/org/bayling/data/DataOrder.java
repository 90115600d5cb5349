package org.bayling.data;

import org.bayling.numeric.Rng;

/**
 * A shuffle without a list: for every seed and epoch a permutation of {@code 0 .. size - 1}, each value found in O(1)
 * and without state, so that any place of it can be gone to directly.
 *
 * <p>A balanced Feistel network over the smallest even number of bits that holds {@code size}, walked until the value
 * falls inside (Black and Rogaway 2002); fewer than four rounds of walking on average.
 */
public final class DataOrder {
    private static final int ROUNDS = 6;

    private final long seed;
    private final long size;
    private final int halfBits;
    private final long halfMask;

    /** @param size how many values are permuted, at least 1 */
    public DataOrder(long seed, long size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be at least 1, got " + size);
        }
        this.seed = seed;
        this.size = size;
        int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(size - 1));
        this.halfBits = (bits + 1) / 2;
        this.halfMask = (1L << halfBits) - 1;
    }

    /** The value at a place of an epoch. */
    public long at(long epoch, long index) {
        long key = checked(epoch, index);
        long value = index;
        do {
            value = forward(key, value);
        } while (value >= size || value < 0);
        return value;
    }

    /** The place of a value in an epoch: the inverse of {@link #at}. */
    public long indexOf(long epoch, long value) {
        long key = checked(epoch, value);
        long index = value;
        do {
            index = backward(key, index);
        } while (index >= size || index < 0);
        return index;
    }

    private long checked(long epoch, long value) {
        if (value < 0 || value >= size) {
            throw new IndexOutOfBoundsException(value + " is not in 0 .. " + (size - 1));
        }
        return Rng.mix(seed, epoch);
    }

    private long forward(long key, long value) {
        long left = value >>> halfBits;
        long right = value & halfMask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ (Rng.mix(key, round, right) & halfMask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }

    private long backward(long key, long value) {
        long left = value >>> halfBits;
        long right = value & halfMask;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            long previous = right ^ (Rng.mix(key, round, left) & halfMask);
            right = left;
            left = previous;
        }
        return left << halfBits | right;
    }
}

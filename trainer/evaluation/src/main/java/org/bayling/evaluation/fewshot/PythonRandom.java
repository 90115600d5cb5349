package org.bayling.evaluation.fewshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The random numbers of Python's {@code random.Random(seed)} for whole seeds: the Mersenne Twister MT19937 (Matsumoto and
 * Nishimura 1998), so that examples can be chosen as a Python program chooses them. For one thread.
 */
public final class PythonRandom {
    private static final int WORDS = 624;
    private static final int DISTANCE = 397;
    private static final int MATRIX = 0x9908b0df;

    private final int[] state = new int[WORDS];
    private int next = WORDS;

    /** @param seed its sign does not count, as in Python */
    public PythonRandom(long seed) {
        long size = Math.abs(seed); // as an unsigned number, for Long.MIN_VALUE too
        int[] key = size >>> 32 == 0 ? new int[] {(int) size} : new int[] {(int) size, (int) (size >>> 32)};
        fill(19650218);
        mix(key);
    }

    /** Seeds by one word. */
    private void fill(int seed) {
        state[0] = seed;
        for (int i = 1; i < WORDS; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /** Seeds further by the words of a key. */
    private void mix(int[] key) {
        int i = 1;
        for (int k = 0; k < WORDS; k++) {
            int before = state[i - 1] ^ state[i - 1] >>> 30;
            state[i] = (state[i] ^ before * 1664525) + key[k % key.length] + k % key.length;
            i = after(i);
        }
        for (int k = 1; k < WORDS; k++) {
            int before = state[i - 1] ^ state[i - 1] >>> 30;
            state[i] = (state[i] ^ before * 1566083941) - i;
            i = after(i);
        }
        state[0] = 0x80000000;
    }

    private int after(int i) {
        if (i + 1 < WORDS) {
            return i + 1;
        }
        state[0] = state[WORDS - 1];
        return 1;
    }

    /**
     * {@code getrandbits(bits)}.
     *
     * @param bits from 1 to 32
     * @return an unsigned number in the low bits
     */
    public int bits(int bits) {
        if (next == WORDS) {
            twist();
        }
        int word = state[next++];
        word ^= word >>> 11;
        word ^= word << 7 & 0x9d2c5680;
        word ^= word << 15 & 0xefc60000;
        word ^= word >>> 18;
        return word >>> 32 - bits;
    }

    private void twist() {
        for (int i = 0; i < WORDS; i++) {
            int both = state[i] & 0x80000000 | state[(i + 1) % WORDS] & 0x7fffffff;
            state[i] = state[(i + DISTANCE) % WORDS] ^ both >>> 1 ^ (both & 1) * MATRIX;
        }
        next = 0;
    }

    /**
     * {@code randrange(bound)}.
     *
     * @param bound at least 1
     */
    public int below(int bound) {
        int bits = 32 - Integer.numberOfLeadingZeros(bound);
        int number = bits(bits);
        while (Integer.compareUnsigned(number, bound) >= 0) {
            number = bits(bits);
        }
        return number;
    }

    /**
     * {@code sample(population, size)}.
     *
     * @throws IllegalArgumentException when the population has fewer
     */
    public <T> List<T> sample(List<T> population, int size) {
        if (size < 0 || size > population.size()) {
            throw new IllegalArgumentException("a sample of " + size + " from " + population.size());
        }
        int[] indices = population.size() <= poolLimit(size)
                ? fromPool(population.size(), size)
                : fromSet(population.size(), size);
        List<T> sample = new ArrayList<>(size);
        for (int index : indices) {
            sample.add(population.get(index));
        }
        return sample;
    }

    /** The largest population that Python copies, by what a list and a set take in its memory. */
    private static long poolLimit(int size) {
        long limit = 21;
        if (size > 5) {
            long power = 1;
            while (power < 3L * size) {
                power *= 4;
            }
            limit += power;
        }
        return limit;
    }

    private int[] fromPool(int population, int size) {
        int[] pool = new int[population];
        Arrays.setAll(pool, i -> i);
        int[] chosen = new int[size];
        for (int i = 0; i < size; i++) {
            int index = below(population - i);
            chosen[i] = pool[index];
            pool[index] = pool[population - i - 1];
        }
        return chosen;
    }

    private int[] fromSet(int population, int size) {
        Set<Integer> seen = new HashSet<>();
        int[] chosen = new int[size];
        for (int i = 0; i < size; i++) {
            int index = below(population);
            while (!seen.add(index)) {
                index = below(population);
            }
            chosen[i] = index;
        }
        return chosen;
    }
}

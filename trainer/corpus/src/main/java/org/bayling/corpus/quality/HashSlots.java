package org.bayling.corpus.quality;

import java.util.Arrays;

/** A growing set of well-mixed 64-bit hashes: 8 bytes a slot, filled to between 35 and 70 %. */
final class HashSlots {
    private static final double FULL = 0.7;

    private long[] keys = new long[1 << 10];
    private int size;

    /** Adds a hash; false where it was there. */
    boolean add(long hash) {
        long key = hash == 0 ? 1 : hash;
        int slot = slot(keys, key);
        if (keys[slot] == key) {
            return false;
        }
        keys[slot] = key;
        size++;
        if (size > FULL * keys.length) {
            grow();
        }
        return true;
    }

    boolean contains(long hash) {
        long key = hash == 0 ? 1 : hash;
        return keys[slot(keys, key)] == key;
    }

    int size() {
        return size;
    }

    private void grow() {
        if (keys.length > 1 << 29) {
            throw new IllegalStateException("more than " + size + " different hashes: no room for further ones");
        }
        long[] larger = new long[2 * keys.length];
        Arrays.stream(keys).filter(key -> key != 0).forEach(key -> larger[slot(larger, key)] = key);
        keys = larger;
    }

    private static int slot(long[] keys, long key) {
        int mask = keys.length - 1;
        int slot = (int) (key ^ key >>> 32) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}

package org.bayling.corpus.quality;

/** Well-mixed 64-bit hashes, each with the number of the text that had it first: 12 bytes a slot, 35 to 70 % full. */
final class GramIndex {
    private static final double FULL = 0.7;

    private long[] keys = new long[1 << 10];
    private int[] texts = new int[1 << 10];
    private int size;

    void add(long hash, int text) {
        long key = hash == 0 ? 1 : hash;
        int slot = slot(keys, key);
        if (keys[slot] == key) {
            return;
        }
        keys[slot] = key;
        texts[slot] = text;
        size++;
        if (size > FULL * keys.length) {
            grow();
        }
    }

    /** The text of a hash, -1 where there is none. */
    int find(long hash) {
        long key = hash == 0 ? 1 : hash;
        int slot = slot(keys, key);
        return keys[slot] == key ? texts[slot] : -1;
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldTexts = texts;
        keys = new long[2 * oldKeys.length];
        texts = new int[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(keys, oldKeys[i]);
                keys[slot] = oldKeys[i];
                texts[slot] = oldTexts[i];
            }
        }
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

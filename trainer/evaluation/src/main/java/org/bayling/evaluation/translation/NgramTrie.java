package org.bayling.evaluation.translation;

import java.util.Arrays;

/**
 * Sequences of symbols as nodes of a tree: the node of an n-gram is the child of the node of its first n - 1 symbols.
 * Exact, since edges are compared and not hashes of whole sequences, and free of objects: one hash table from (parent,
 * symbol) to a node. Reused from line to line; for one thread.
 */
public final class NgramTrie {
    /** The empty sequence. */
    public static final int ROOT = 0;
    /** No such sequence. */
    public static final int NONE = -1;

    private static final long EMPTY = -1;
    private static final int SMALLEST = 1 << 10;

    private long[] edges = new long[SMALLEST];
    private int[] targets = new int[SMALLEST];
    private int slots = SMALLEST;
    private int nodes;

    public NgramTrie() {
        clear();
    }

    /** Forgets all sequences but the empty one. */
    public void clear() {
        if (slots > SMALLEST && nodes < slots >> 3) {
            slots >>= 1; // one long line shall not make all later ones slow to clear
        }
        Arrays.fill(edges, 0, slots, EMPTY);
        nodes = 1;
    }

    /** Nodes so far, the root among them; each is a number below this. */
    public int nodes() {
        return nodes;
    }

    /** The node of {@code parent}'s sequence and one more symbol, or {@link #NONE}. */
    public int child(int parent, int symbol) {
        long edge = edge(parent, symbol);
        int slot = slot(edge);
        while (edges[slot] != EMPTY) {
            if (edges[slot] == edge) {
                return targets[slot];
            }
            slot = slot + 1 & slots - 1;
        }
        return NONE;
    }

    /** The same, made where it is not there yet. */
    public int add(int parent, int symbol) {
        long edge = edge(parent, symbol);
        int slot = slot(edge);
        while (edges[slot] != EMPTY) {
            if (edges[slot] == edge) {
                return targets[slot];
            }
            slot = slot + 1 & slots - 1;
        }
        edges[slot] = edge;
        targets[slot] = nodes++;
        if (nodes > slots >> 1) {
            grow();
            return nodes - 1;
        }
        return targets[slot];
    }

    private void grow() {
        long[] oldEdges = Arrays.copyOf(edges, slots);
        int[] oldTargets = Arrays.copyOf(targets, slots);
        slots <<= 1;
        if (edges.length < slots) {
            edges = new long[slots];
            targets = new int[slots];
        }
        Arrays.fill(edges, 0, slots, EMPTY);
        for (int i = 0; i < oldEdges.length; i++) {
            if (oldEdges[i] != EMPTY) {
                int slot = slot(oldEdges[i]);
                while (edges[slot] != EMPTY) {
                    slot = slot + 1 & slots - 1;
                }
                edges[slot] = oldEdges[i];
                targets[slot] = oldTargets[i];
            }
        }
    }

    private static long edge(int parent, int symbol) {
        return (long) parent << 32 | symbol;
    }

    private int slot(long edge) {
        long mixed = edge * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 52) & slots - 1;
    }
}

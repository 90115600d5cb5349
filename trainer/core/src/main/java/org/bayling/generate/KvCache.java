package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bayling.model.LlamaConfig;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.LayerCache;
import org.bayling.tensor.TensorScope;

/**
 * Keys and values of several sequences, one a slot, [slots, capacity, kv heads, D] in every layer, and the tokens they
 * belong to.
 *
 * <p>A slot that is no longer used keeps what it holds until another sequence takes it, which may have the same
 * beginning. Memory is touched as sequences grow. Owns its tensors. Made by {@link Decoder}; confined to its thread.
 */
public final class KvCache implements AutoCloseable {
    /** Attention runs over a multiple of so many positions, so that few lengths occur. */
    static final int LENGTH_STEP = 32;

    private static final int FIRST_IDS = 64;

    private final Kernels kernels;
    private final DType dtype;
    private final long kvHeads;
    private final long headDim;
    private final long bytesPerToken;
    private final int firstTokens;
    private final int mostTokens;
    private final Slot[] slots;
    private final LayerCache layers;
    private TensorScope scope;
    private int capacity;

    /** One sequence: its tokens; the most it had since it was empty; how many positions hold numbers of any kind. */
    private static final class Slot {
        private int[] ids = new int[FIRST_IDS];
        private int length;
        private int longest;
        private int clean;
    }

    /**
     * An empty cache without memory, which grows as its longest sequence does.
     *
     * @param firstTokens of each slot when it gets memory
     * @param mostTokens what each slot may grow to
     */
    KvCache(Kernels kernels, LlamaConfig config, DType dtype, int slots, int firstTokens, int mostTokens) {
        this.kernels = kernels;
        this.dtype = dtype;
        this.kvHeads = config.numKeyValueHeads();
        this.headDim = config.headDim();
        this.bytesPerToken = bytesPerToken(config, dtype);
        this.firstTokens = firstTokens;
        this.mostTokens = mostTokens;
        this.slots = IntStream.range(0, slots).mapToObj(i -> new Slot()).toArray(Slot[]::new);
        int count = config.numHiddenLayers();
        this.layers = new LayerCache(new NDArray[count], new NDArray[count]);
        this.scope = kernels.scope();
    }

    /** Memory of one token in all layers. */
    static long bytesPerToken(LlamaConfig config, DType dtype) {
        return 2L * config.numHiddenLayers() * config.numKeyValueHeads() * config.headDim() * dtype.bytes();
    }

    /** Sequences that it can hold. */
    public int slots() {
        return slots.length;
    }

    /** Tokens of a slot. */
    public int length(int slot) {
        return slots[slot].length;
    }

    /** Tokens that fit into a slot at most. */
    public int mostTokens() {
        return mostTokens;
    }

    /** The tokens of a slot; a copy. */
    public int[] ids(int slot) {
        return Arrays.copyOf(slots[slot].ids, slots[slot].length);
    }

    /** How many tokens at the start of a slot are the same as in this sequence. */
    public int commonPrefix(int slot, int[] sequence) {
        Slot held = slots[slot];
        int difference = Arrays.mismatch(held.ids, 0, held.length, sequence, 0, sequence.length);
        return difference < 0 ? held.length : difference;
    }

    /** Forgets all tokens of a slot behind the first {@code to}. */
    public void truncate(int slot, int to) {
        Slot held = slots[slot];
        if (to < 0 || to > held.length) {
            throw new IllegalArgumentException("a cache of " + held.length + " tokens can't be cut to " + to);
        }
        held.length = to;
        held.longest = to == 0 ? 0 : held.longest;
    }

    /** The most tokens that a slot held since it was last empty. */
    int longest(int slot) {
        return slots[slot].longest;
    }

    /** Tensors held; for tests against leaks. */
    int size() {
        return scope.size();
    }

    LayerCache layers() {
        return layers;
    }

    /** Positions between the beginnings of two slots. */
    int capacity() {
        return capacity;
    }

    /** How far attention looks for a sequence of this length: further than that, to a round number. */
    int attentionLength(int length) {
        return Math.min(capacity, (length + LENGTH_STEP - 1) / LENGTH_STEP * LENGTH_STEP);
    }

    /**
     * Makes room in a slot for this many tokens behind those held.
     *
     * @throws CacheFullException when the budget does not allow it
     */
    void reserve(int slot, int tokens) {
        long needed = (long) slots[slot].length + tokens;
        if (needed > mostTokens) {
            throw new CacheFullException(needed, mostTokens, bytesPerToken);
        }
        if (needed > capacity) {
            long doubled = Math.max(Math.max(firstTokens, needed), 2L * capacity);
            grow((int) Math.min(mostTokens, (doubled + LENGTH_STEP - 1) / LENGTH_STEP * LENGTH_STEP));
        }
        clean(slot, attentionLength((int) needed));
    }

    /** Takes note of tokens whose keys and values were just written behind those held. */
    void append(int slot, int[] tokens) {
        Slot held = slots[slot];
        int length = held.length + tokens.length;
        if (length > held.ids.length) {
            held.ids = Arrays.copyOf(held.ids, Math.max(length, 2 * held.ids.length));
        }
        System.arraycopy(tokens, 0, held.ids, held.length, tokens.length);
        held.length = length;
        held.longest = Math.max(held.longest, length);
    }

    /**
     * Gives slots the tokens of others, up to {@code end}; they have the same ones up to {@code begin} already. No slot
     * may be both source and target.
     */
    void copy(int[] sources, int[] targets, int begin, int end) {
        for (int i = 0; i < targets.length; i++) {
            Slot source = slots[sources[i]];
            Slot target = slots[targets[i]];
            clean(targets[i], attentionLength(end));
            target.ids = Arrays.copyOf(source.ids, Math.max(end, FIRST_IDS));
            target.length = end;
            target.longest = Math.max(begin == 0 ? 0 : target.longest, end);
        }
        if (targets.length > 0 && begin < end) {
            kernels.decodeCopy(layers, asLong(sources), asLong(targets), begin, end);
        }
    }

    private static long[] asLong(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private void clean(int slot, int to) {
        Slot held = slots[slot];
        if (to > held.clean) {
            kernels.decodeClean(layers, slot, held.clean, to);
            held.clean = to;
        }
    }

    private void grow(int newCapacity) {
        TensorScope larger = kernels.scope();
        try {
            for (int layer = 0; layer < layers.keys().length; layer++) {
                layers.keys()[layer] = grown(larger, layers.keys()[layer], newCapacity);
                layers.values()[layer] = grown(larger, layers.values()[layer], newCapacity);
            }
        } catch (RuntimeException | Error problem) {
            // Some layers may lie in the new scope already: the sequences are lost, but nothing dangles.
            larger.close();
            close();
            throw problem;
        }
        scope.close();
        scope = larger;
        capacity = newCapacity;
    }

    private NDArray grown(TensorScope owner, NDArray old, int newCapacity) {
        NDArray tensor = kernels.empty(owner, TensorShape.of(slots.length, newCapacity, kvHeads, headDim), dtype);
        if (capacity > 0) {
            try (TensorScope views = kernels.scope()) {
                kernels.copy(kernels.narrow(views, tensor, 1, 0, capacity), old);
            }
        }
        return tensor;
    }

    /** Gives the memory back and forgets all tokens; the cache can be filled again. */
    public void clear() {
        scope.close();
        scope = kernels.scope();
        Arrays.fill(layers.keys(), null);
        Arrays.fill(layers.values(), null);
        Arrays.setAll(slots, i -> new Slot());
        capacity = 0;
    }

    @Override
    public void close() {
        clear();
        scope.close();
    }
}

package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.bayling.model.LlamaConfig;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * Keys and values of one sequence in every layer, [capacity, kv heads, D] each, and the tokens they belong to.
 *
 * <p>Grows by doubling up to a budget. Owns its tensors. Made by {@link Decoder#newCache()}; confined to its thread.
 */
public final class KvCache implements AutoCloseable {
    private static final int FIRST_CAPACITY = 64;

    private final Kernels kernels;
    private final DType dtype;
    private final long kvHeads;
    private final long headDim;
    private final long bytesPerToken;
    private final int mostTokens;
    private final NDArray[] keys;
    private final NDArray[] values;
    private TensorScope scope;
    private int capacity;
    private int[] ids = new int[FIRST_CAPACITY];
    private int length;
    private int longest;

    KvCache(Kernels kernels, LlamaConfig config, DType dtype, long budgetBytes) {
        this.kernels = kernels;
        this.dtype = dtype;
        this.kvHeads = config.numKeyValueHeads();
        this.headDim = config.headDim();
        this.keys = new NDArray[config.numHiddenLayers()];
        this.values = new NDArray[config.numHiddenLayers()];
        this.bytesPerToken = bytesPerToken(config, dtype);
        this.mostTokens = (int) Math.min(1 << 30, budgetBytes / bytesPerToken);
        this.scope = kernels.scope();
    }

    /** Memory of one token in all layers. */
    static long bytesPerToken(LlamaConfig config, DType dtype) {
        return 2L * config.numHiddenLayers() * config.numKeyValueHeads() * config.headDim() * dtype.bytes();
    }

    /** Tokens held. */
    public int length() {
        return length;
    }

    /** Tokens that fit at most. */
    public int mostTokens() {
        return mostTokens;
    }

    /** The tokens held; a copy. */
    public int[] ids() {
        return Arrays.copyOf(ids, length);
    }

    /** How many tokens at the start are the same as in this sequence. */
    public int commonPrefix(int[] sequence) {
        int difference = Arrays.mismatch(ids, 0, length, sequence, 0, sequence.length);
        return difference < 0 ? length : difference;
    }

    /** Forgets all tokens behind the first {@code to}. */
    public void truncate(int to) {
        if (to < 0 || to > length) {
            throw new IllegalArgumentException("a cache of " + length + " tokens can't be cut to " + to);
        }
        length = to;
        longest = to == 0 ? 0 : longest;
    }

    /** The most tokens held since the cache was last empty. */
    int longest() {
        return longest;
    }

    /** Tensors held; for tests against leaks. */
    int size() {
        return scope.size();
    }

    NDArray keys(int layer) {
        return keys[layer];
    }

    NDArray values(int layer) {
        return values[layer];
    }

    /**
     * Makes room for this many tokens behind those held.
     *
     * @throws CacheFullException when the budget does not allow it
     */
    void reserve(int tokens) {
        long needed = (long) length + tokens;
        if (needed <= capacity) {
            return;
        }
        if (needed > mostTokens) {
            throw new CacheFullException(needed, mostTokens, bytesPerToken);
        }
        long doubled = Math.max(Math.max(FIRST_CAPACITY, needed), 2L * capacity);
        grow((int) Math.min(mostTokens, doubled));
    }

    /** Takes note of tokens whose keys and values were just written behind those held. */
    void append(int[] tokens) {
        if (length + tokens.length > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(length + tokens.length, 2 * ids.length));
        }
        System.arraycopy(tokens, 0, ids, length, tokens.length);
        length += tokens.length;
        longest = Math.max(longest, length);
    }

    private void grow(int newCapacity) {
        TensorScope larger = kernels.scope();
        try {
            for (int layer = 0; layer < keys.length; layer++) {
                keys[layer] = grown(larger, keys[layer], newCapacity);
                values[layer] = grown(larger, values[layer], newCapacity);
            }
        } catch (RuntimeException | Error problem) {
            // Some layers may lie in the new scope already: the sequence is lost, but nothing dangles.
            larger.close();
            close();
            throw problem;
        }
        scope.close();
        scope = larger;
        capacity = newCapacity;
    }

    private NDArray grown(TensorScope owner, NDArray old, int newCapacity) {
        NDArray tensor = kernels.empty(owner, TensorShape.of(newCapacity, kvHeads, headDim), dtype);
        if (length > 0) {
            try (TensorScope views = kernels.scope()) {
                kernels.copy(kernels.narrow(views, tensor, 0, 0, length), kernels.narrow(views, old, 0, 0, length));
            }
        }
        return tensor;
    }

    /** Gives the memory back and forgets all tokens; the cache can be filled again. */
    public void clear() {
        scope.close();
        scope = kernels.scope();
        Arrays.fill(keys, null);
        Arrays.fill(values, null);
        capacity = 0;
        length = 0;
        longest = 0;
    }

    @Override
    public void close() {
        clear();
        scope.close();
    }
}

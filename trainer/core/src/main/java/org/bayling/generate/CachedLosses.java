package org.bayling.generate;

import java.util.Arrays;
import org.bayling.model.LlamaModel;
import org.bayling.tensor.Kernels;

/**
 * Cross-entropy of tokens after one sequence and then another, where what the second shares with the first at its
 * beginning is not computed again. Confined to the kernels' thread; closing it leaves model and kernels alone.
 */
public final class CachedLosses implements AutoCloseable {
    private final Decoder decoder;
    private final KvCache cache;

    /** @param cacheBytes what the longest sequence may take in the cache */
    public CachedLosses(Kernels kernels, LlamaModel model, long cacheBytes) {
        this.decoder = new Decoder(kernels, model, cacheBytes);
        this.cache = decoder.newCache();
    }

    /** Tokens that a sequence may have. */
    public int mostTokens() {
        return cache.mostTokens();
    }

    /** Forgets the sequence before: what comes now is computed as if it were the first. */
    public void forget() {
        cache.truncate(0, 0);
    }

    /**
     * Losses within a sequence.
     *
     * @param ids of the sequence, at least one
     * @param rows tokens of it after which targets stand, in any order and as often as wanted, at least one [N]
     * @param targets ids that follow there [N]
     * @return −ln p of each target, nats [N]
     */
    public float[] of(int[] ids, int[] rows, int[] targets) {
        int first = Arrays.stream(rows).min().orElseThrow();
        int kept = decoder.reuse(cache, Arrays.copyOf(ids, first + 1));
        int[] own = Arrays.stream(rows).map(row -> row - kept).toArray();
        return decoder.losses(cache, Arrays.copyOfRange(ids, kept, ids.length), own, targets);
    }

    @Override
    public void close() {
        cache.close();
        decoder.close();
    }
}

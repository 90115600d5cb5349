package org.bayling.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bayling.model.LlamaModel;
import org.bayling.tensor.Kernels;
import org.bayling.tokenizer.Tokenizer;

/**
 * Writes answers to prompts, token by token.
 *
 * <p>Confined to the kernels' thread. Closing it leaves model, kernels and tokenizer alone.
 */
public final class Generator implements AutoCloseable {
    /** What the cache of one sequence may take by default. */
    public static final long DEFAULT_CACHE_BYTES = 2L << 30;

    private static final double NANOSECOND = 1e-9;

    private final Decoder decoder;
    private final Optional<Tokenizer> tokenizer;

    /** A generator of ids and their text. */
    public Generator(Kernels kernels, LlamaModel model, Tokenizer tokenizer) {
        this(new Decoder(kernels, model, DEFAULT_CACHE_BYTES), Optional.of(tokenizer));
    }

    /**
     * A generator over a decoder, which it owns from now on.
     *
     * @param tokenizer without one answers are ids only and stop strings are refused
     */
    public Generator(Decoder decoder, Optional<Tokenizer> tokenizer) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
    }

    /** The tokenizer, if there is one. */
    public Optional<Tokenizer> tokenizer() {
        return tokenizer;
    }

    /** An empty cache, for {@link #generate(KvCache, int[], GenerationSettings, StopRule, TokenListener)}. */
    public KvCache newCache() {
        return decoder.newCache();
    }

    /** One answer. */
    public GenerationResult generate(int[] prompt, GenerationSettings settings, StopRule stop, TokenListener listener) {
        try (KvCache cache = decoder.newCache()) {
            return generate(cache, prompt, settings, stop, listener);
        }
    }

    /**
     * One answer, with what the cache holds of the same beginning computed only once.
     *
     * @param cache any earlier sequence; afterwards prompt and answer without its last token
     * @param prompt ids, at least one
     * @throws CacheFullException when the prompt does not fit
     * @throws ArithmeticException when the model's scores are NaN
     */
    public GenerationResult generate(
            KvCache cache, int[] prompt, GenerationSettings settings, StopRule stop, TokenListener listener) {
        long start = System.nanoTime();
        Answer answer = begin(prompt, settings, stop);
        int reused = decoder.reuse(cache, prompt);
        float[] logits = decoder.prefill(cache, Arrays.copyOfRange(prompt, reused, prompt.length));
        long first = System.nanoTime();
        answer.advance(logits, full(cache), listener);
        while (!answer.ended()) {
            logits = decoder.step(List.of(cache), new int[] {answer.lastId()})[0];
            answer.advance(logits, full(cache), listener);
        }
        return answer.result(
                reused, (first - start) * NANOSECOND, (System.nanoTime() - first) * NANOSECOND);
    }

    private Answer begin(int[] prompt, GenerationSettings settings, StopRule stop) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException(
                    "the prompt has no tokens; write something, or begin with the BOS token");
        }
        if (tokenizer.isEmpty() && !settings.stopStrings().isEmpty()) {
            throw new IllegalArgumentException("stop_strings need a tokenizer, but only ids are generated here");
        }
        return new Answer(prompt, settings, stop, tokenizer);
    }

    private static boolean full(KvCache cache) {
        return cache.length() >= cache.mostTokens();
    }

    @Override
    public void close() {
        decoder.close();
    }
}

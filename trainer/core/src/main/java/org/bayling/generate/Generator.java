package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bayling.model.LlamaModel;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;
import org.bayling.tokenizer.Tokenizer;

/**
 * Writes answers to prompts, one at a time and token by token, for somebody who reads along. Many prompts:
 * {@link BatchGenerator}.
 *
 * <p>Confined to the kernels' thread. Closing it leaves model, kernels and tokenizer alone.
 */
public final class Generator implements AutoCloseable {
    /** What the cache of one sequence may take by default. */
    public static final long DEFAULT_CACHE_BYTES = 2L << 30;

    private static final double NANOSECOND = 1e-9;
    private static final int[] SLOT = {0};

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
        TokenRules rules = TokenRules.of(settings);
        int reused = decoder.reuse(cache, prompt);
        try (TensorScope scope = decoder.kernels().scope()) {
            int[] rest = Arrays.copyOfRange(prompt, reused, prompt.length);
            NDArray logits = decoder.prefill(scope, cache, SLOT, List.of(rest)).get(0);
            take(answer, scope, logits, rules, full(cache), listener);
        }
        long first = System.nanoTime();
        while (!answer.ended()) {
            try (TensorScope scope = decoder.kernels().scope()) {
                int[] last = {answer.history().last()};
                take(answer, scope, decoder.step(scope, cache, SLOT, last), rules, full(cache), listener);
            }
        }
        return answer.result(reused, (first - start) * NANOSECOND, (System.nanoTime() - first) * NANOSECOND);
    }

    private void take(
            Answer answer,
            TensorScope scope,
            NDArray logits,
            TokenRules rules,
            boolean full,
            TokenListener listener) {
        Scores scores = new Scores(decoder.kernels(), scope, logits);
        answer.take(Answer.choose(scores, rules, List.of(answer))[0], full, listener);
    }

    private Answer begin(int[] prompt, GenerationSettings settings, StopRule stop) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException(
                    "the prompt has no tokens; write something, or begin with the BOS token");
        }
        GenerationSettings.check(settings.beams().numBeams() == 1, "num_beams", settings.beams().numBeams(),
                "1 for an answer that is shown while it grows");
        GenerationSettings.check(settings.numReturnSequences() == 1, "num_return_sequences",
                settings.numReturnSequences(), "1 for an answer that is shown while it grows");
        if (tokenizer.isEmpty() && !settings.stopStrings().isEmpty()) {
            throw new IllegalArgumentException("stop_strings need a tokenizer, but only ids are generated here");
        }
        return new Answer(prompt, settings, settings.sampling().seed(), stop, tokenizer);
    }

    private static boolean full(KvCache cache) {
        return cache.length(0) >= cache.mostTokens();
    }

    @Override
    public void close() {
        decoder.close();
    }
}

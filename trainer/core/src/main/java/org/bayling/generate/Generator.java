package org.bayling.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bayling.model.LlamaModel;
import org.bayling.numeric.Rng;
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

    /**
     * Answers to many independent prompts, several at a time: for short ones much faster than one after another. The
     * products are of another shape than with a single prompt, so scores differ in their last bits. The seed of prompt
     * i is drawn from the seed and i.
     *
     * @param concurrent sequences that are computed together; each has a cache of its own
     * @return in the order of the prompts
     */
    public List<GenerationResult> generateBatch(
            List<int[]> prompts, GenerationSettings settings, StopRule stop, int concurrent) {
        if (concurrent < 1) {
            throw new IllegalArgumentException("at least one sequence must run at a time, not " + concurrent);
        }
        GenerationResult[] results = new GenerationResult[prompts.size()];
        List<Running> running = new ArrayList<>();
        int next = 0;
        try {
            while (next < prompts.size() || !running.isEmpty()) {
                while (next < prompts.size() && running.size() < concurrent) {
                    running.add(start(next, prompts.get(next), settings, stop));
                    next++;
                }
                collect(running, results);
                if (!running.isEmpty()) {
                    step(running);
                    collect(running, results);
                }
            }
        } finally {
            running.forEach(sequence -> sequence.cache().close());
        }
        return List.of(results);
    }

    /** One of several sequences under way. */
    private record Running(int index, Answer answer, KvCache cache, long start, long first) {}

    private Running start(int index, int[] prompt, GenerationSettings settings, StopRule stop) {
        long start = System.nanoTime();
        Answer answer = begin(prompt, settings.withSeed(Rng.mix(settings.seed(), index)), stop);
        KvCache cache = decoder.newCache();
        try {
            float[] logits = decoder.prefill(cache, prompt);
            long first = System.nanoTime();
            answer.advance(logits, full(cache), TokenListener.NONE);
            return new Running(index, answer, cache, start, first);
        } catch (RuntimeException | Error problem) {
            cache.close();
            throw problem;
        }
    }

    private void step(List<Running> running) {
        List<KvCache> caches = running.stream().map(Running::cache).toList();
        int[] ids = running.stream().mapToInt(sequence -> sequence.answer().lastId()).toArray();
        float[][] logits = decoder.step(caches, ids);
        for (int s = 0; s < ids.length; s++) {
            running.get(s).answer().advance(logits[s], full(caches.get(s)), TokenListener.NONE);
        }
    }

    private static void collect(List<Running> running, GenerationResult[] results) {
        for (Iterator<Running> all = running.iterator(); all.hasNext(); ) {
            Running sequence = all.next();
            if (sequence.answer().ended()) {
                double prefill = (sequence.first() - sequence.start()) * NANOSECOND;
                double decode = (System.nanoTime() - sequence.first()) * NANOSECOND;
                results[sequence.index()] = sequence.answer().result(0, prefill, decode);
                sequence.cache().close();
                all.remove();
            }
        }
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

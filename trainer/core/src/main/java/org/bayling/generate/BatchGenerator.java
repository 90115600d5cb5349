package org.bayling.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bayling.model.LlamaModel;
import org.bayling.observe.TaskProgress;
import org.bayling.tensor.Kernels;
import org.bayling.tokenizer.Tokenizer;

/**
 * Answers many independent prompts, several at a time: when an answer ends, the next prompt takes its place.
 *
 * <p>How many run together follows from the memory that their caches may take. It does not change the answers: each is
 * the same, token for token, as if its prompt had been the only one. Prompts run in the order of their length, and what
 * a prompt has in common with one that is in the cache is copied instead of computed.
 *
 * <p>Confined to the kernels' thread. Closing it leaves model, kernels and tokenizer alone.
 */
public final class BatchGenerator implements AutoCloseable {
    /** More sequences at a time make nothing faster. */
    private static final int MOST_SEQUENCES = 64;

    private final Decoder decoder;
    private final Optional<Tokenizer> tokenizer;
    private final int mostSequences;

    /**
     * A generator.
     *
     * @param tokenizer without one answers are ids only and stop strings are refused
     * @param cacheBytes what the key/value caches of all sequences together may take; decides how many run at a time
     */
    public BatchGenerator(Kernels kernels, LlamaModel model, Optional<Tokenizer> tokenizer, long cacheBytes) {
        this(new Decoder(kernels, model, cacheBytes), tokenizer, MOST_SEQUENCES);
    }

    /** A generator over a decoder, which it owns from now on. */
    BatchGenerator(Decoder decoder, Optional<Tokenizer> tokenizer, int mostSequences) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.mostSequences = mostSequences;
    }

    /**
     * Answers all requests. The seed of a request is drawn from the seed and its stream.
     *
     * @param listener is told of each answer as it ends
     * @param progress is told of the tokens written, as the task {@code generate}
     * @throws InvalidRequestException for an empty prompt, words that can't be forced, or a budget that is too small
     *     for a single request; nothing was generated then
     * @throws IllegalArgumentException for an id outside of the vocabulary; nothing was generated then
     * @throws ArithmeticException when the model's scores are NaN
     */
    public void run(
            List<GenerationRequest> requests,
            GenerationSettings settings,
            StopRule stop,
            FinishedListener listener,
            TaskProgress progress) {
        boolean draws = settings.sampling().doSample();
        int rows = draws ? settings.numReturnSequences() : settings.beams().numBeams();
        long most = decoder.cacheBytes() / decoder.bytesPerToken() / rows;
        check(requests, settings, stop, rows, most);
        Searches searches = (index, request) -> draws || rows == 1
                ? answers(index, request, settings, stop, rows)
                : new BeamSearch(request, settings, stop, new AnswerText(tokenizer, stop));
        TokenRules rules = TokenRules.of(settings);
        BatchProgress written = new BatchProgress(progress, requests.size(), settings.maxNewTokens(), rows);
        for (List<Integer> group : groups(requests, settings)) {
            int capacity = length(requests.get(group.get(0)), settings);
            long fit = Math.min(most / capacity, Math.max(1, mostSequences / rows));
            int together = (int) Math.min(fit, group.size());
            try (KvCache cache = decoder.newCache(together * rows, capacity)) {
                new BatchRun(decoder, cache, rows, requests, searches, rules, listener, written).run(group);
            }
        }
    }

    /** Answers all requests; their best answers, in the order of the requests. */
    public List<GenerationResult> run(List<GenerationRequest> requests, GenerationSettings settings, StopRule stop) {
        GenerationResult[] best = new GenerationResult[requests.size()];
        run(requests, settings, stop, (index, results) -> best[index] = results.get(0), TaskProgress.silent());
        return List.of(best);
    }

    /** Makes the search that answers a request. */
    @FunctionalInterface
    interface Searches {
        Search of(int index, GenerationRequest request);
    }

    private IndependentAnswers answers(
            int index, GenerationRequest request, GenerationSettings settings, StopRule stop, int count) {
        long stream = request.stream().orElse(index);
        return new IndependentAnswers(IntStream.range(0, count)
                .mapToObj(i -> new Answer(
                        request.prompt(), settings, settings.sampling().seed(stream, i), stop, tokenizer))
                .toList());
    }

    /** Requests that share a cache, long ones first; one that needs less than half of it waits for the next. */
    private static List<List<Integer>> groups(List<GenerationRequest> requests, GenerationSettings settings) {
        List<Integer> order = IntStream.range(0, requests.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -requests.get(i).prompt().length))
                .toList();
        List<List<Integer>> groups = new ArrayList<>();
        int capacity = 0;
        for (int index : order) {
            int length = length(requests.get(index), settings);
            if (groups.isEmpty() || 2 * length <= capacity) {
                groups.add(new ArrayList<>());
                capacity = length;
            }
            groups.get(groups.size() - 1).add(index);
        }
        return groups;
    }

    /** Positions that a sequence may take in the cache. */
    private static int length(GenerationRequest request, GenerationSettings settings) {
        long length = (long) request.prompt().length + settings.maxNewTokens() + KvCache.LENGTH_STEP - 1;
        return Math.toIntExact(length / KvCache.LENGTH_STEP * KvCache.LENGTH_STEP);
    }

    private void check(
            List<GenerationRequest> requests, GenerationSettings settings, StopRule stop, int rows, long most) {
        if (tokenizer.isEmpty() && !settings.stopStrings().isEmpty()) {
            throw new InvalidRequestException("stop_strings need a tokenizer, but only ids are generated here");
        }
        for (int i = 0; i < requests.size(); i++) {
            check(requests.get(i), i, settings, stop);
            checkBudget(length(requests.get(i), settings), i, rows, most);
        }
    }

    private void check(GenerationRequest request, int index, GenerationSettings settings, StopRule stop) {
        if (request.prompt().length == 0) {
            throw new InvalidRequestException("prompt " + (index + 1)
                    + " has no tokens; write something, or begin with the BOS token");
        }
        decoder.checkIds(request.prompt());
        if (request.forceWordsIds().isEmpty()) {
            return;
        }
        String words = "the words that the answer to prompt " + (index + 1) + " must hold";
        if (settings.beams().numBeams() == 1) {
            throw new InvalidRequestException(words + " need num_beams above 1");
        }
        int tokens = 0;
        for (int[] word : request.forceWordsIds()) {
            decoder.checkIds(word);
            tokens += word.length;
            if (word.length == 0) {
                throw new InvalidRequestException(words + " are not all words: one has no tokens");
            }
            if (Arrays.stream(word).anyMatch(stop::stops)) {
                throw new InvalidRequestException(words + " hold a token that ends the answer");
            }
        }
        if (tokens > settings.maxNewTokens()) {
            throw new InvalidRequestException(words + " have " + tokens + " tokens, but max_new_tokens is "
                    + settings.maxNewTokens());
        }
    }

    private void checkBudget(int length, int index, int rows, long most) {
        if (length > most) {
            long needed = (long) length * rows * decoder.bytesPerToken();
            throw new InvalidRequestException("prompt " + (index + 1) + " needs " + ((needed + (1 << 20) - 1) >> 20)
                    + " MiB of key/value cache for " + rows + (rows == 1 ? " sequence" : " sequences") + " of up to "
                    + length + " tokens, but " + (decoder.cacheBytes() >> 20)
                    + " MiB are allowed; allow a larger cache, or lower max_new_tokens or num_beams");
        }
    }

    /** What computes; for measuring. */
    Decoder decoder() {
        return decoder;
    }

    @Override
    public void close() {
        decoder.close();
    }
}

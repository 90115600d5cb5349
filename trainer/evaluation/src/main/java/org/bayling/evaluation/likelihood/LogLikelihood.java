package org.bayling.evaluation.likelihood;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bayling.generate.CachedLosses;
import org.bayling.model.InvalidModelException;
import org.bayling.model.LlamaModel;
import org.bayling.tensor.Kernels;
import org.bayling.train.TokenLosses;

/**
 * Log-likelihoods by the engine: the inputs of many requests lie in one row as documents that do not see each other,
 * and requests with the same input (letters after one question) share a document. Requests that follow each other and
 * have a long beginning in common (options after many examples, questions after the same examples) go one after another
 * through a cache that keeps it. Confined to the kernels' thread.
 */
public final class LogLikelihood implements LikelihoodScorer, AutoCloseable {
    /** Long enough for full speed of the products; only a single input may be longer. */
    static final int ROW_TOKENS = 1024;

    private final TokenLosses losses;
    private final Supplier<CachedLosses> opening;
    private final long vocabulary;
    private Optional<CachedLosses> cached = Optional.empty();

    /** @param cacheBytes what the longest sequence may take in the cache */
    public LogLikelihood(Kernels kernels, LlamaModel model, long cacheBytes) {
        this.losses = new TokenLosses(kernels, model);
        this.opening = () -> new CachedLosses(kernels, model, cacheBytes);
        this.vocabulary = model.config().vocabSize();
    }

    @Override
    public double[] score(List<LikelihoodRequest> requests) {
        requests.forEach(request -> {
            check(request.input());
            check(request.targets());
        });
        double[] sums = new double[requests.size()];
        List<Integer> inputs = differentInputs(requests);
        for (int from = 0; from < inputs.size() - 1; ) {
            int end = endOfRun(requests, inputs, from);
            if (end - from > 1 && shares(requests, inputs, from + 1)) {
                scoreCached(requests, inputs.subList(from, end + 1), sums);
            } else {
                scorePacked(requests, inputs.get(from), inputs.get(end), sums);
            }
            from = end;
        }
        return sums;
    }

    /** Where requests have another input than the one before; and the end of all. */
    private static List<Integer> differentInputs(List<LikelihoodRequest> requests) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            if (i == 0 || !Arrays.equals(requests.get(i - 1).input(), requests.get(i).input())) {
                starts.add(i);
            }
        }
        starts.add(requests.size());
        return starts;
    }

    private boolean shares(List<LikelihoodRequest> requests, List<Integer> inputs, int index) {
        if (index >= inputs.size() - 1) {
            return false;
        }
        LikelihoodRequest request = requests.get(inputs.get(index));
        return SharedPrefix.of(requests.get(inputs.get(index - 1)), request) > 0
                && request.input().length <= cached().mostTokens();
    }

    /** Inputs up to here either all share a long beginning with the one before, or none does. */
    private int endOfRun(List<LikelihoodRequest> requests, List<Integer> inputs, int from) {
        int end = from + 1;
        boolean sharing = shares(requests, inputs, end);
        while (sharing && shares(requests, inputs, end)) {
            end++;
        }
        while (!sharing && end < inputs.size() - 1 && !shares(requests, inputs, end + 1)) {
            end++;
        }
        return end;
    }

    /** @param inputs where requests with another input begin, and the end of them */
    private void scoreCached(List<LikelihoodRequest> requests, List<Integer> inputs, double[] sums) {
        CachedLosses cached = cached();
        cached.forget();
        for (int i = 0; i < inputs.size() - 1; i++) {
            int first = inputs.get(i);
            int next = inputs.get(i + 1);
            Row row = new Row();
            requests.subList(first, next).forEach(row::add);
            float[] found = cached.of(requests.get(first).input(), row.positions(), row.targets());
            add(requests, first, next, found, sums);
        }
    }

    private void scorePacked(List<LikelihoodRequest> requests, int begin, int end, double[] sums) {
        for (int from = begin; from < end; ) {
            Row row = new Row();
            int next = from;
            while (next < end && row.takes(requests.get(next))) {
                row.add(requests.get(next++));
            }
            add(requests, from, next, losses.of(row.tokens(), row.starts(), row.positions(), row.targets()), sums);
            from = next;
        }
    }

    private static void add(List<LikelihoodRequest> requests, int from, int end, float[] losses, double[] sums) {
        int n = 0;
        for (int i = from; i < end; i++) {
            for (int t = 0; t < requests.get(i).targets().length; t++) {
                sums[i] -= losses[n++];
            }
        }
    }

    /** Its weights are arranged when it is needed first. */
    private CachedLosses cached() {
        if (cached.isEmpty()) {
            cached = Optional.of(opening.get());
        }
        return cached.get();
    }

    @Override
    public void close() {
        cached.ifPresent(CachedLosses::close);
    }

    private void check(int[] ids) {
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new InvalidModelException("token " + id + " is outside of the model's vocabulary of "
                        + vocabulary + "; tokenizer and model do not belong together");
            }
        }
    }

    /** Requests that go through the model together. */
    private static final class Row {
        private final Map<IntBuffer, Integer> documents = new LinkedHashMap<>();
        private final List<Integer> positions = new ArrayList<>();
        private final List<Integer> targets = new ArrayList<>();
        private int length;

        boolean takes(LikelihoodRequest request) {
            return length == 0
                    || documents.containsKey(IntBuffer.wrap(request.input()))
                    || length + request.input().length <= ROW_TOKENS;
        }

        void add(LikelihoodRequest request) {
            IntBuffer input = IntBuffer.wrap(request.input());
            if (documents.putIfAbsent(input, length) == null) {
                length += request.input().length;
            }
            int first = documents.get(input) + request.input().length - request.targets().length;
            for (int i = 0; i < request.targets().length; i++) {
                positions.add(first + i);
                targets.add(request.targets()[i]);
            }
        }

        int[] tokens() {
            IntBuffer tokens = IntBuffer.allocate(length);
            documents.keySet().forEach(input -> tokens.put(input.duplicate()));
            return tokens.array();
        }

        int[] starts() {
            List<Integer> starts = new ArrayList<>(documents.values());
            starts.add(length);
            return ints(starts);
        }

        int[] positions() {
            return ints(positions);
        }

        int[] targets() {
            return ints(targets);
        }

        private static int[] ints(List<Integer> values) {
            return values.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}

package org.bayling.evaluation.likelihood;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bayling.model.InvalidModelException;
import org.bayling.model.LlamaModel;
import org.bayling.tensor.Kernels;
import org.bayling.train.TokenLosses;

/**
 * Log-likelihoods by the engine: the inputs of many requests lie in one row as documents that do not see each other,
 * and requests with the same input (letters after one question) share a document. Confined to the kernels' thread; owns
 * nothing.
 */
public final class LogLikelihood implements LikelihoodScorer {
    /** Long enough for full speed of the products; only a single input may be longer. */
    static final int ROW_TOKENS = 1024;

    private final TokenLosses losses;
    private final long vocabulary;

    public LogLikelihood(Kernels kernels, LlamaModel model) {
        this.losses = new TokenLosses(kernels, model);
        this.vocabulary = model.config().vocabSize();
    }

    @Override
    public double[] score(List<LikelihoodRequest> requests) {
        requests.forEach(request -> {
            check(request.input());
            check(request.targets());
        });
        double[] sums = new double[requests.size()];
        int from = 0;
        while (from < sums.length) {
            Row row = new Row();
            int end = from;
            while (end < sums.length && row.takes(requests.get(end))) {
                row.add(requests.get(end++));
            }
            float[] values = losses.of(row.tokens(), row.starts(), row.positions(), row.targets());
            int n = 0;
            for (; from < end; from++) {
                for (int i = 0; i < requests.get(from).targets().length; i++) {
                    sums[from] -= values[n++];
                }
            }
        }
        return sums;
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

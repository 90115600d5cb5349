package org.bayling.evaluation.choice;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bayling.model.LlamaModel;
import org.bayling.tensor.Kernels;
import org.bayling.train.TokenLosses;

/**
 * Log-likelihoods by the engine: the inputs of all requests lie in one row as documents that do not see each other, and
 * requests with the same input (letters after one question) share a document. Confined to the kernels' thread; owns
 * nothing.
 */
public final class LogLikelihood implements ChoiceScorer {
    private final TokenLosses losses;
    private final long vocabulary;

    public LogLikelihood(Kernels kernels, LlamaModel model) {
        this.losses = new TokenLosses(kernels, model);
        this.vocabulary = model.config().vocabSize();
    }

    @Override
    public double[] score(List<EncodedRequest> requests) {
        Map<Ids, Integer> documents = new LinkedHashMap<>();
        int length = 0;
        for (EncodedRequest request : requests) {
            check(request.input());
            check(request.targets());
            if (documents.putIfAbsent(new Ids(request.input()), length) == null) {
                length += request.input().length;
            }
        }
        int[] tokens = new int[length];
        documents.forEach((ids, start) -> System.arraycopy(ids.values(), 0, tokens, start, ids.values().length));
        int[] starts = new int[documents.size() + 1];
        int document = 0;
        for (int start : documents.values()) {
            starts[document++] = start;
        }
        starts[document] = length;
        int count = requests.stream().mapToInt(request -> request.targets().length).sum();
        int[] positions = new int[count];
        int[] targets = new int[count];
        int n = 0;
        for (EncodedRequest request : requests) {
            int end = documents.get(new Ids(request.input())) + request.input().length;
            for (int i = 0; i < request.targets().length; i++) {
                positions[n] = end - request.targets().length + i;
                targets[n++] = request.targets()[i];
            }
        }
        return sums(requests, losses.of(tokens, starts, positions, targets));
    }

    private static double[] sums(List<EncodedRequest> requests, float[] losses) {
        double[] sums = new double[requests.size()];
        int n = 0;
        for (int r = 0; r < sums.length; r++) {
            for (int i = 0; i < requests.get(r).targets().length; i++) {
                sums[r] -= losses[n++];
            }
        }
        return sums;
    }

    private void check(int[] ids) {
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new IllegalArgumentException("token " + id + " is outside of the model's vocabulary of " + vocabulary
                        + "; tokenizer and model do not belong together");
            }
        }
    }

    /** Ids that are equal when their elements are. */
    private record Ids(int[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Ids ids && Arrays.equals(values, ids.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }
}

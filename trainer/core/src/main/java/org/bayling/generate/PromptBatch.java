package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * Prompts that are computed together, each into a slot of its own.
 *
 * <p>A beginning that a slot of the cache holds already, in use or not, is copied from there: whole pieces of a prompt,
 * so that the rest is cut where it would be cut anyway.
 */
final class PromptBatch {
    private final Decoder decoder;
    private final KvCache cache;
    private final TensorScope scope;
    private final List<Integer> slots = new ArrayList<>();
    private final List<int[]> prompts = new ArrayList<>();
    private final List<NDArray> computed = new ArrayList<>();

    PromptBatch(Decoder decoder, KvCache cache, TensorScope scope) {
        this.decoder = decoder;
        this.cache = cache;
        this.scope = scope;
    }

    /**
     * Takes a prompt into a slot whose sequence has ended.
     *
     * @return how many of its tokens need not be computed
     */
    int add(int slot, int[] prompt) {
        if (commonWithWaiting(prompt) > bestSource(prompt).tokens()) {
            compute(); // the one that has more in common is not in the cache yet
        }
        Source source = bestSource(prompt);
        if (source.slot() != slot) {
            cache.truncate(slot, 0);
            if (source.tokens() > 0) {
                cache.copy(new int[] {source.slot()}, new int[] {slot}, 0, source.tokens());
            }
        } else {
            cache.truncate(slot, source.tokens());
        }
        slots.add(slot);
        prompts.add(prompt);
        return source.tokens();
    }

    /** Logits after each prompt, in the order in which they were added. */
    NDArray logits() {
        compute();
        if (computed.size() == 1) {
            return computed.get(0);
        }
        Kernels kernels = decoder.kernels();
        long rows = computed.stream().mapToLong(part -> part.getShape().get(0)).sum();
        NDArray all = kernels.empty(scope, TensorShape.of(rows, decoder.config().vocabSize()), DType.F32);
        long at = 0;
        for (NDArray part : computed) {
            long count = part.getShape().get(0);
            kernels.copy(kernels.narrow(scope, all, 0, at, count), part);
            at += count;
        }
        return all;
    }

    private void compute() {
        if (slots.isEmpty()) {
            return;
        }
        List<int[]> rest = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            int[] prompt = prompts.get(i);
            rest.add(Arrays.copyOfRange(prompt, cache.length(slots.get(i)), prompt.length));
        }
        int[] into = slots.stream().mapToInt(Integer::intValue).toArray();
        computed.addAll(decoder.prefill(scope, cache, into, rest));
        slots.clear();
        prompts.clear();
    }

    /** A slot that holds the beginning of a prompt. */
    private record Source(int slot, int tokens) {}

    private Source bestSource(int[] prompt) {
        Source best = new Source(-1, 0);
        for (int slot = 0; slot < cache.slots(); slot++) {
            int tokens = Decoder.lastCut(decoder.reusable(cache, slot, prompt, prompt.length));
            best = tokens > best.tokens() ? new Source(slot, tokens) : best;
        }
        return best;
    }

    private int commonWithWaiting(int[] prompt) {
        int most = 0;
        for (int[] waiting : prompts) {
            int difference = Arrays.mismatch(waiting, prompt);
            int common = difference < 0 ? prompt.length : difference;
            most = Math.max(most, Decoder.lastCut(Math.min(common, prompt.length - 1)));
        }
        return most;
    }
}

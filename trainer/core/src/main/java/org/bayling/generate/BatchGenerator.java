package org.bayling.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bayling.model.LlamaModel;
import org.bayling.numeric.Rng;
import org.bayling.observe.TaskProgress;
import org.bayling.tensor.Kernels;
import org.bayling.tokenizer.Tokenizer;

/**
 * Answers many independent prompts, several at a time.
 *
 * <p>Confined to the kernels' thread. Closing it leaves model, kernels and tokenizer alone.
 */
public final class BatchGenerator implements AutoCloseable {
    private final Generator generator;

    /**
     * A generator.
     *
     * @param tokenizer without one answers are ids only and stop strings are refused
     * @param cacheBytes what the key/value caches of all sequences together may take; decides how many run at a time
     */
    public BatchGenerator(Kernels kernels, LlamaModel model, Optional<Tokenizer> tokenizer, long cacheBytes) {
        this.generator = new Generator(new Decoder(kernels, model, cacheBytes), tokenizer);
    }

    /**
     * Answers all requests.
     *
     * @param listener is told of each answer as it ends
     * @param progress is told of the tokens written, as the task {@code generate}
     * @throws IllegalArgumentException for an empty prompt, an id outside of the vocabulary, settings that contradict
     *     each other, or a budget that is too small for a single request; nothing was generated then
     */
    public void run(
            List<GenerationRequest> requests,
            GenerationSettings settings,
            StopRule stop,
            FinishedListener listener,
            TaskProgress progress) {
        long tokens = 0;
        for (int i = 0; i < requests.size(); i++) {
            GenerationSettings own = settings.withSampling(settings.sampling().withSeed(Rng.mix(settings.sampling().seed(), i)));
            GenerationResult result = generator.generate(requests.get(i).prompt(), own, stop, TokenListener.NONE);
            tokens += result.ids().length;
            progress.on("generate", tokens, tokens + (long) (requests.size() - 1 - i) * settings.maxNewTokens(), "tokens");
            listener.onFinished(i, List.of(result));
        }
    }

    /** Answers all requests; their answers in the order of the requests, each the best one. */
    public List<GenerationResult> run(List<GenerationRequest> requests, GenerationSettings settings, StopRule stop) {
        GenerationResult[] best = new GenerationResult[requests.size()];
        run(requests, settings, stop, (index, results) -> best[index] = results.get(0), TaskProgress.silent());
        return new ArrayList<>(List.of(best));
    }

    @Override
    public void close() {
        generator.close();
    }
}

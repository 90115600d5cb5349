package org.bayling.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bayling.config.MethodConfig;
import org.bayling.data.Batch;
import org.bayling.distributed.CommitVote;
import org.bayling.distributed.ProcessGroup;
import org.bayling.model.LlamaModel;
import org.bayling.numeric.Rng;
import org.bayling.optim.AdamW;
import org.bayling.optim.GradientBuffer;
import org.bayling.optim.GradientClip;
import org.bayling.optim.LossScaler;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * One optimizer step: the gradient sum of its micro-batches over the number of their trained tokens, clipped, applied.
 *
 * <p>A micro-batch is computed in rows of whole documents, {@value #ROW_TOKENS} tokens at most unless one document is
 * longer. That bounds memory and does not change the sum.
 */
public final class TrainStep implements AutoCloseable {
    /** Long enough for full speed of the products, short enough for the activations of all layers to stay small. */
    static final int ROW_TOKENS = 1024;

    private final Kernels kernels;
    private final LayerwiseBackprop backprop;
    private final LossHead head;
    private final GradientBuffer gradients;
    private final GradientClip clip;
    private final AdamW optimizer;
    private final LossScaler scaler;
    private final ProcessGroup group;
    private final double dropout;
    private final double neftuneAlpha;
    private final long seed;

    /**
     * A step of this model.
     *
     * @param recomputed layers that keep only their input
     * @param maxGradNorm 0 never clips
     * @param seed of dropout and noise
     */
    public TrainStep(
            Kernels kernels,
            LlamaModel model,
            AdamW optimizer,
            LossScaler scaler,
            ProcessGroup group,
            MethodConfig method,
            int recomputed,
            double maxGradNorm,
            long seed) {
        this.kernels = kernels;
        this.backprop = new LayerwiseBackprop(kernels, model, recomputed);
        this.head = new LossHead(kernels, model);
        this.gradients = new GradientBuffer(kernels, model);
        this.clip = new GradientClip(kernels, maxGradNorm);
        this.optimizer = optimizer;
        this.scaler = scaler;
        this.group = group;
        this.dropout = method.lora().map(MethodConfig.Lora::dropout).orElse(0.0);
        this.neftuneAlpha = method.neftuneNoiseAlpha();
        this.seed = seed;
    }

    /**
     * What a step did.
     *
     * @param losses by group of the data
     * @param gradNorm global norm before clipping
     * @param tokens real tokens computed here
     * @param taken false when something was not finite or nothing was trained: weights, moments and schedule are as
     *     before
     */
    public record Outcome(LossTally losses, double gradNorm, long tokens, boolean taken, boolean stopRequested) {}

    /** Computes the micro-batches and changes the weights once. */
    public Outcome run(List<Batch> microBatches, double learningRate, int groups, boolean stopRequested) {
        gradients.zero();
        LossTally tally = new LossTally(groups);
        long tokens = 0;
        for (Batch batch : microBatches) {
            for (Batch row : rows(batch)) {
                accumulate(row, tally);
                tokens += row.tokens().length;
            }
        }
        group.sumGradients(gradients.all());
        CommitVote vote = CommitVote.take(group, tally.trainedTokens(), tally.lossSum(), stopRequested);
        if (!vote.finite() || vote.trainedTokens() == 0) {
            scaler.update(vote.finite());
            return new Outcome(tally, Double.NaN, tokens, false, vote.stopRequested());
        }
        NDArray[] buffers = gradients.all();
        double gradNorm = clip.apply(buffers, 1 / (vote.trainedTokens() * scaler.scale()));
        boolean finite = Double.isFinite(gradNorm);
        scaler.update(finite);
        if (finite) {
            optimizer.step(buffers, learningRate);
        }
        return new Outcome(tally, gradNorm, tokens, finite, vote.stopRequested());
    }

    private void accumulate(Batch row, LossTally tally) {
        try (TensorScope scope = kernels.scope()) {
            LayerwiseBackprop.Noise noise =
                    new LayerwiseBackprop.Noise(dropout, neftuneAlpha, Rng.mix(seed, optimizer.steps(), row.samples()[0]));
            LayerwiseBackprop.Pass pass = backprop.forward(scope, row.tokens(), row.starts(), noise, true);
            LossHead.Result loss =
                    head.run(scope, pass.output(), row.labels(), Optional.of(gradients), scaler.scale());
            tally.add(row, loss);
            loss.gradient().ifPresent(g -> backprop.backward(scope, pass, g, gradients));
        }
    }

    /** Whole documents in order, in rows of about the same length. */
    static List<Batch> rows(Batch batch) {
        int tokens = batch.tokens().length;
        if (tokens <= ROW_TOKENS) {
            return List.of(batch);
        }
        int count = (tokens + ROW_TOKENS - 1) / ROW_TOKENS;
        List<Batch> rows = new ArrayList<>();
        int first = 0;
        for (int d = 1; d <= batch.documents(); d++) {
            long share = (long) tokens * (rows.size() + 1) / count;
            boolean end = d == batch.documents();
            if (end || batch.starts()[d] >= share || batch.starts()[d + 1] - batch.starts()[first] > ROW_TOKENS) {
                rows.add(part(batch, first, d));
                first = d;
            }
        }
        return rows;
    }

    private static Batch part(Batch batch, int firstDocument, int endDocument) {
        int from = batch.starts()[firstDocument];
        int to = batch.starts()[endDocument];
        int[] starts = Arrays.copyOfRange(batch.starts(), firstDocument, endDocument + 1);
        for (int d = 0; d < starts.length; d++) {
            starts[d] -= from;
        }
        return new Batch(
                Arrays.copyOfRange(batch.tokens(), from, to),
                Arrays.copyOfRange(batch.labels(), from, to),
                starts,
                Arrays.copyOfRange(batch.groups(), firstDocument, endDocument),
                Arrays.copyOfRange(batch.samples(), firstDocument, endDocument),
                Arrays.copyOfRange(batch.trainedBytes(), firstDocument, endDocument));
    }

    @Override
    public void close() {
        gradients.close();
    }
}

package org.bayling.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bayling.config.PrecisionConfig.Checkpointing;
import org.bayling.model.LlamaConfig;
import org.bayling.model.LlamaModel;
import org.bayling.model.Parameter;
import org.bayling.model.ModelPrecision;
import org.bayling.numeric.DType;

/**
 * Where a step's memory goes, and how many layers must be computed again for it to fit. All in bytes.
 *
 * @param weights stored weights, masters and converted copies; mapped frozen weights count, though they can be evicted
 * @param gradients fp32
 * @param optimizer both moments
 * @param activations kept by all layers of one row without recompute
 * @param work the largest layer's own needs, and the head's chunk
 * @param recomputed layers that keep only their input
 * @param available memory that the plan was made for
 */
public record MemoryPlan(
        long weights, long gradients, long optimizer, long activations, long work, int recomputed, long available) {
    /** Libraries, Java heap, token cache. */
    private static final long PROCESS = 700L << 20;
    /** Share of the free memory that a plan may use. */
    private static final double SHARE = 0.8;

    /**
     * Plans for rows of so many tokens.
     *
     * @param available free memory of the machine; what the model takes already is counted in it
     */
    static MemoryPlan of(LlamaModel model, long rowTokens, Checkpointing checkpointing, long available) {
        LlamaConfig config = model.config();
        ModelPrecision precision = model.precision();
        long weights = 0;
        for (Parameter parameter : model.parameters().all()) {
            long elements = parameter.shape().elements();
            weights += elements * (parameter.dtype().bytes() + (parameter.master().isPresent() ? 4 : 0));
        }
        long trained = model.parameters().trainedElements();
        long keptPerToken = perToken(config, precision.product());
        int layers = config.numHiddenLayers();
        long inputPerToken = 4 * config.hiddenSize();
        long activations = rowTokens * layers * (keptPerToken + inputPerToken);
        long work = rowTokens * (4 * keptPerToken) + LossHead.CHUNK_BYTES * 3;
        long fixed = PROCESS + weights + trained * 12 + work + rowTokens * layers * inputPerToken;
        int recomputed = switch (checkpointing.mode()) {
            case NONE -> 0;
            case FULL -> layers;
            case LAYERS -> Math.min(layers, checkpointing.layers());
            case AUTO -> {
                long room = (long) (SHARE * available) - fixed;
                long kept = Math.max(0, room / Math.max(1, rowTokens * keptPerToken));
                yield (int) Math.max(0, layers - kept);
            }
        };
        return new MemoryPlan(weights, trained * 4, trained * 8, activations, work, recomputed, available);
    }

    /** What a layer keeps of one token besides its input: q, k, v, o and gate, up in the product's dtype, h in fp32. */
    private static long perToken(LlamaConfig config, DType product) {
        long heads = config.numAttentionHeads() * config.headDim() * 2;
        long kv = config.numKeyValueHeads() * config.headDim() * 2;
        long products = product.bytes() * (heads + kv + 2 * config.intermediateSize());
        return products + 4 * (config.numAttentionHeads() + config.hiddenSize());
    }

    /** Expected peak of the process. */
    public long total(int layers) {
        long kept = activations / Math.max(1, layers) * (layers - recomputed);
        return PROCESS + weights + gradients + optimizer + kept + work;
    }

    /** The parts by name, for a table. */
    public Map<String, Long> parts(int layers) {
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put("weights", weights);
        parts.put("gradients (fp32)", gradients);
        parts.put("optimizer moments (fp32)", optimizer);
        parts.put("activations", activations / Math.max(1, layers) * (layers - recomputed));
        parts.put("work space", work);
        parts.put("libraries and Java", PROCESS);
        parts.put("expected peak", total(layers));
        return parts;
    }
}

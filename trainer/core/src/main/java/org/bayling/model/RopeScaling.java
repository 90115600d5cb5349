package org.bayling.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How a model stretches its rotary positions, as {@code transformers/modeling_rope_utils.py} computes it.
 *
 * <p>{@code inv} is the vector of theta^(-2i/D).
 */
public sealed interface RopeScaling {

    /** {@code inv} as it is. */
    record Default() implements RopeScaling {}

    /** {@code inv / factor}. */
    record Linear(double factor) implements RopeScaling {}

    /**
     * Dynamic NTK: beyond {@code maxPosition} tokens theta grows to theta (factor L / max - (factor - 1))^(D / (D - 2)),
     * L being the length of the document.
     */
    record Dynamic(double factor, long maxPosition) implements RopeScaling {}

    /** Llama 3.1: long wavelengths are divided by the factor, short ones kept, those between blended. */
    record Llama3(double factor, double lowFreqFactor, double highFreqFactor, double originalMaxPosition)
            implements RopeScaling {}

    /** YaRN (Peng et al. 2023): a ramp between {@code inv} and {@code inv / factor}, and a factor on cos and sin. */
    record Yarn(
            double factor, double attentionFactor, double betaFast, double betaSlow, double originalMaxPosition,
            boolean truncate)
            implements RopeScaling {}

    /**
     * Reads {@code rope_scaling} (transformers 4) or {@code rope_parameters} (5).
     *
     * @param node the object, or a missing or null node for none
     * @throws InvalidModelException for a type that this engine does not know, or a missing factor
     */
    static RopeScaling of(JsonNode node, long maxPosition, String where) {
        if (node.isMissingNode() || node.isNull()) {
            return new Default();
        }
        String type = node.path("rope_type").asText(node.path("type").asText("default"));
        return switch (type) {
            case "default" -> new Default();
            case "linear" -> new Linear(number(node, "factor", where));
            case "dynamic" -> new Dynamic(number(node, "factor", where), maxPosition);
            case "llama3" -> new Llama3(
                    number(node, "factor", where),
                    number(node, "low_freq_factor", where),
                    number(node, "high_freq_factor", where),
                    number(node, "original_max_position_embeddings", where));
            case "yarn" -> yarn(node, maxPosition, where);
            default -> throw new InvalidModelException(where + ": rope type '" + type
                    + "' is not supported; this engine computes default, linear, dynamic, llama3 and yarn");
        };
    }

    private static Yarn yarn(JsonNode node, long maxPosition, String where) {
        double factor = number(node, "factor", where);
        double attention = optional(node, "attention_factor").orElseGet(() -> {
            Optional<Double> mscale = optional(node, "mscale");
            Optional<Double> mscaleAllDim = optional(node, "mscale_all_dim");
            return mscale.isPresent() && mscaleAllDim.isPresent()
                    ? magnitude(factor, mscale.get()) / magnitude(factor, mscaleAllDim.get())
                    : magnitude(factor, 1);
        });
        return new Yarn(
                factor,
                attention,
                optional(node, "beta_fast").orElse(32.0),
                optional(node, "beta_slow").orElse(1.0),
                optional(node, "original_max_position_embeddings").orElse((double) maxPosition),
                node.path("truncate").asBoolean(true));
    }

    private static double magnitude(double factor, double mscale) {
        return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
    }

    private static Optional<Double> optional(JsonNode node, String key) {
        return node.path(key).isNumber() ? Optional.of(node.get(key).asDouble()) : Optional.empty();
    }

    private static double number(JsonNode node, String key, String where) {
        return optional(node, key)
                .filter(value -> value > 0)
                .orElseThrow(() -> new InvalidModelException(
                        where + ": rope scaling needs a positive number '" + key + "', found "
                                + (node.has(key) ? node.get(key) : "none")));
    }
}

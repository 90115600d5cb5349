package org.bayling.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The architecture, with Hugging Face's names and defaults ({@code transformers.LlamaConfig}).
 *
 * @param numKeyValueHeads equal to the heads (MHA), fewer (GQA) or 1 (MQA)
 * @param headDim need not be hidden / heads
 * @param eosTokenIds one or several
 * @param padTokenId {@code pad_token_id}, whose embedding gets no gradient of its input use; -1 for none
 * @param json {@code config.json} as it was read, every key kept
 */
public record LlamaConfig(
        long vocabSize,
        long hiddenSize,
        long intermediateSize,
        int numHiddenLayers,
        long numAttentionHeads,
        long numKeyValueHeads,
        long headDim,
        double rmsNormEps,
        long maxPositionEmbeddings,
        double ropeTheta,
        RopeScaling ropeScaling,
        boolean tieWordEmbeddings,
        boolean attentionBias,
        boolean mlpBias,
        double initializerRange,
        List<Integer> eosTokenIds,
        int padTokenId,
        ObjectNode json) {

    /** Far above every Llama; a larger number is a fault of the file, and would fill the heap with names. */
    private static final int MAX_LAYERS = 10_000;

    public LlamaConfig {
        eosTokenIds = List.copyOf(eosTokenIds);
    }

    /**
     * Reads {@code config.json} in the dialect of transformers 4 or 5.
     *
     * @param where names the file in messages
     * @throws InvalidModelException when a value has the wrong type, is out of range, or the model is no Llama: a value
     *     that is there is never replaced by a default
     */
    public static LlamaConfig of(ObjectNode json, String where) {
        Reader read = new Reader(json, where);
        String activation = json.path("hidden_act").asText("silu");
        if (!activation.equals("silu")) {
            throw new InvalidModelException(
                    where + ": hidden_act '" + activation + "' is not supported; a Llama has silu");
        }
        long hidden = read.positive("hidden_size", 4096);
        long heads = read.positive("num_attention_heads", 32);
        long kvHeads = read.positive("num_key_value_heads", heads);
        if (heads % kvHeads != 0) {
            throw new InvalidModelException(where + ": num_attention_heads " + heads
                    + " is not a multiple of num_key_value_heads " + kvHeads);
        }
        long headDim = read.positive("head_dim", hidden / heads);
        if (headDim % 2 != 0) {
            throw new InvalidModelException(where + ": head_dim must be even for rotary positions, got " + headDim);
        }
        long layers = read.positive("num_hidden_layers", 32);
        if (layers > MAX_LAYERS) {
            throw new InvalidModelException(
                    where + ": num_hidden_layers must be at most " + MAX_LAYERS + ", found " + layers);
        }
        long maxPosition = read.positive("max_position_embeddings", 2048);
        String ropeKey = json.hasNonNull("rope_parameters") ? "rope_parameters" : "rope_scaling";
        JsonNode rope = json.path(ropeKey);
        if (!rope.isMissingNode() && !rope.isNull() && !rope.isObject()) {
            throw new InvalidModelException(where + ": " + ropeKey + " must be an object or null, found " + rope);
        }
        double theta = new Reader(rope, where)
                .positiveNumber("rope_theta", read.positiveNumber("rope_theta", 10_000));
        return new LlamaConfig(
                read.positive("vocab_size", 32_000),
                hidden,
                read.positive("intermediate_size", 11_008),
                (int) layers,
                heads,
                kvHeads,
                headDim,
                read.positiveNumber("rms_norm_eps", 1e-6),
                maxPosition,
                theta,
                RopeScaling.of(rope, maxPosition, where),
                read.flag("tie_word_embeddings"),
                read.flag("attention_bias"),
                read.flag("mlp_bias"),
                read.positiveNumber("initializer_range", 0.02),
                read.ids("eos_token_id"),
                read.ids("pad_token_id").stream().findFirst().orElse(-1),
                json);
    }

    /** Reads values strictly; absent and null mean the default. */
    private record Reader(JsonNode json, String where) {
        long positive(String key, long otherwise) {
            JsonNode node = json.path(key);
            if (absent(node)) {
                return otherwise;
            }
            if (!node.isIntegralNumber() || node.asLong() <= 0 || node.asLong() > Integer.MAX_VALUE) {
                throw wrong(key, "a whole number from 1 to 2147483647", node);
            }
            return node.asLong();
        }

        double positiveNumber(String key, double otherwise) {
            JsonNode node = json.path(key);
            if (absent(node)) {
                return otherwise;
            }
            if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
                throw wrong(key, "a number above 0", node);
            }
            return node.asDouble();
        }

        boolean flag(String key) {
            JsonNode node = json.path(key);
            if (!absent(node) && !node.isBoolean()) {
                throw wrong(key, "true or false", node);
            }
            return node.asBoolean(false);
        }

        /** One id or a list of them. */
        List<Integer> ids(String key) {
            JsonNode node = json.path(key);
            List<Integer> ids = new ArrayList<>();
            if (!absent(node)) {
                for (JsonNode id : node.isArray() ? node : List.of(node)) {
                    if (!id.isIntegralNumber() || !id.canConvertToInt()) {
                        throw wrong(key, "a token id or a list of token ids", node);
                    }
                    ids.add(id.asInt());
                }
            }
            return ids;
        }

        private static boolean absent(JsonNode node) {
            return node.isMissingNode() || node.isNull();
        }

        private InvalidModelException wrong(String key, String expected, JsonNode found) {
            return new InvalidModelException(where + ": " + key + " must be " + expected + ", found " + found);
        }
    }
}

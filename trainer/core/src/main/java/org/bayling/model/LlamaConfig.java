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

    public LlamaConfig {
        eosTokenIds = List.copyOf(eosTokenIds);
    }

    /**
     * Reads {@code config.json} in the dialect of transformers 4 or 5.
     *
     * @param where names the file in messages
     * @throws InvalidModelException when a value is out of range or the model is no Llama
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
        long maxPosition = read.positive("max_position_embeddings", 2048);
        JsonNode rope = json.hasNonNull("rope_parameters") ? json.get("rope_parameters") : json.path("rope_scaling");
        double theta = rope.path("rope_theta").asDouble(json.path("rope_theta").asDouble(10_000));
        if (!(theta > 0)) {
            throw new InvalidModelException(where + ": rope_theta must be > 0, got " + theta);
        }
        return new LlamaConfig(
                read.positive("vocab_size", 32_000),
                hidden,
                read.positive("intermediate_size", 11_008),
                Math.toIntExact(read.positive("num_hidden_layers", 32)),
                heads,
                kvHeads,
                headDim,
                json.path("rms_norm_eps").asDouble(1e-6),
                maxPosition,
                theta,
                RopeScaling.of(rope, maxPosition, where),
                json.path("tie_word_embeddings").asBoolean(false),
                json.path("attention_bias").asBoolean(false),
                json.path("mlp_bias").asBoolean(false),
                json.path("initializer_range").asDouble(0.02),
                eosIds(json.path("eos_token_id")),
                json.path("pad_token_id").asInt(-1),
                json);
    }

    private static List<Integer> eosIds(JsonNode node) {
        List<Integer> ids = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(id -> ids.add(id.asInt()));
        } else if (node.isIntegralNumber()) {
            ids.add(node.asInt());
        }
        return ids;
    }

    private record Reader(ObjectNode json, String where) {
        long positive(String key, long otherwise) {
            JsonNode node = json.path(key);
            if (node.isMissingNode() || node.isNull()) {
                return otherwise;
            }
            if (!node.isIntegralNumber() || node.asLong() <= 0 || node.asLong() > Integer.MAX_VALUE) {
                throw new InvalidModelException(
                        where + ": " + key + " must be a whole number from 1 to 2147483647, found " + node);
            }
            return node.asLong();
        }
    }
}

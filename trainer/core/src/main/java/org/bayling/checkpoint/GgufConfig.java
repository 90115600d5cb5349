package org.bayling.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bayling.io.CorruptFileException;
import org.bayling.io.UnsupportedFileException;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/** The Hugging Face {@code config.json} that describes the model of a GGUF file. */
final class GgufConfig {
    private static final double LOW_FREQ_FACTOR = 1;
    private static final double HIGH_FREQ_FACTOR = 4;
    private static final long LLAMA3_CONTEXT = 8192;

    private final Path path;
    private final GgufFile file;
    private final GgufMetadata metadata;

    private GgufConfig(GgufFile file) {
        this.path = file.path();
        this.file = file;
        this.metadata = new GgufMetadata(file.path(), file.metadata());
    }

    /** Derives the config; what is said about RoPE in the package description holds. */
    static ObjectNode of(GgufFile file) throws IOException {
        return new GgufConfig(file).derive();
    }

    private ObjectNode derive() throws IOException {
        long hidden = metadata.count("llama.embedding_length");
        long heads = metadata.count("llama.attention.head_count");
        long headDim = headDim(hidden, heads);
        ObjectNode config = JsonFiles.newObject();
        config.putArray("architectures").add("LlamaForCausalLM");
        config.put("model_type", "llama");
        config.put("torch_dtype", matrixDType().huggingFaceName());
        config.put("vocab_size", vocabulary(hidden));
        config.put("hidden_size", hidden);
        config.put("intermediate_size", metadata.count("llama.feed_forward_length"));
        config.put("num_hidden_layers", metadata.count("llama.block_count"));
        config.put("num_attention_heads", heads);
        config.put("num_key_value_heads", metadata.count("llama.attention.head_count_kv", heads));
        config.put("head_dim", headDim);
        config.put("hidden_act", "silu");
        config.put("max_position_embeddings", metadata.count("llama.context_length"));
        config.put("rms_norm_eps", metadata.positive("llama.attention.layer_norm_rms_epsilon", 1e-5));
        config.put("tie_word_embeddings", !file.names().contains("lm_head.weight"));
        config.put("attention_bias", hasBias(".self_attn."));
        config.put("mlp_bias", hasBias(".mlp."));
        putToken(config, "bos_token_id", "tokenizer.ggml.bos_token_id");
        putToken(config, "eos_token_id", "tokenizer.ggml.eos_token_id");
        putToken(config, "pad_token_id", "tokenizer.ggml.padding_token_id");
        config.put("rope_theta", metadata.positive("llama.rope.freq_base", 10000));
        ropeScaling(headDim).ifPresentOrElse(
                scaling -> config.set("rope_scaling", scaling), () -> config.putNull("rope_scaling"));
        return config;
    }

    private long headDim(long hidden, long heads) throws IOException {
        if (!metadata.has("llama.attention.key_length") && hidden % heads != 0) {
            throw metadata.wrong("llama.attention.head_count", "a divisor of the embedding length " + hidden);
        }
        long keyLength = metadata.count("llama.attention.key_length", hidden / heads);
        long valueLength = metadata.count("llama.attention.value_length", keyLength);
        long rotated = metadata.count("llama.rope.dimension_count", keyLength);
        if (valueLength != keyLength || rotated != keyLength) {
            throw new UnsupportedFileException(
                    path,
                    "head sizes",
                    "key " + keyLength + ", value " + valueLength + ", rotated " + rotated,
                    "one size for all three, as in Llama");
        }
        return keyLength;
    }

    private long vocabulary(long hidden) throws IOException {
        if (!file.names().contains("model.embed_tokens.weight")) {
            throw new CorruptFileException(path, "tensors", "no 'token_embd.weight'", "the token embedding");
        }
        TensorShape shape = file.entry("model.embed_tokens.weight").shape();
        if (shape.rank() != 2 || shape.get(1) != hidden) {
            throw new CorruptFileException(
                    path, "tensor 'token_embd.weight'", shape.toString(), "[vocabulary, " + hidden + "]");
        }
        return shape.get(0);
    }

    /** The dtype shared by all matrices as they are read; F32 where they differ or are quantised. */
    private DType matrixDType() {
        DType shared = null;
        for (String name : file.names()) {
            TensorStore.Entry entry = file.entry(name);
            if (entry.shape().rank() == 2) {
                shared = shared == null || shared == entry.dtype() ? entry.dtype() : DType.F32;
            }
        }
        return shared == null ? DType.F32 : shared;
    }

    private boolean hasBias(String part) {
        return file.names().stream().anyMatch(name -> name.contains(part) && name.endsWith(".bias"));
    }

    private void putToken(ObjectNode config, String key, String ggufKey) throws IOException {
        Optional<Long> id = metadata.tokenId(ggufKey);
        if (id.isPresent()) {
            config.put(key, id.get());
        }
    }

    private Optional<ObjectNode> ropeScaling(long headDim) throws IOException {
        Optional<float[]> factors = file.ropeFactors();
        String type = metadata.text("llama.rope.scaling.type").orElse("none");
        if (factors.isPresent() && type.equals("none")) {
            return Optional.of(llama3(factors.get(), headDim));
        }
        double attention = metadata.positive("llama.rope.scaling.attn_factor", 1);
        if (factors.isPresent() || attention != 1) {
            throw new UnsupportedFileException(
                    path,
                    "RoPE scaling",
                    "type " + type + ", attn_factor " + attention
                            + (factors.isPresent() ? " and tensor '" + GgufNames.ROPE_FREQS + "'" : ""),
                    "either a scaling type with attn_factor 1 or that tensor");
        }
        double oldLinear = metadata.positive("llama.rope.scale_linear", 1);
        double factor = metadata.positive("llama.rope.scaling.factor", oldLinear);
        if (type.equals("none") && oldLinear == 1 || type.equals("linear") && factor == 1) {
            return Optional.empty();
        }
        ObjectNode scaling = JsonFiles.newObject();
        // Other types keep their name here, so that whoever builds the model refuses them by it.
        scaling.put("rope_type", type.equals("none") ? "linear" : type);
        scaling.put("factor", factor);
        if (type.equals("yarn")) {
            scaling.put(
                    "original_max_position_embeddings",
                    metadata.count("llama.rope.scaling.original_context_length", metadata.count("llama.context_length")));
        }
        return Optional.of(scaling);
    }

    /** Finds the llama3 scaling whose divisors are those of the file; refuses divisors that no such scaling gives. */
    private ObjectNode llama3(float[] factors, long headDim) throws IOException {
        long original = metadata.count("llama.rope.scaling.original_context_length", LLAMA3_CONTEXT);
        double theta = metadata.positive("llama.rope.freq_base", 10000);
        double factor = 1;
        for (float f : factors) {
            factor = Math.max(factor, Double.parseDouble(Float.toString(f)));
        }
        boolean equal = factors.length == headDim / 2;
        for (int i = 0; equal && i < factors.length; i++) {
            double wavelength = 2 * Math.PI * Math.pow(theta, 2.0 * i / headDim);
            double expected = llama3Divisor(wavelength, factor, original);
            equal = Math.abs(factors[i] - expected) <= 1e-4 * expected;
        }
        if (!equal) {
            throw new UnsupportedFileException(
                    path,
                    "tensor '" + GgufNames.ROPE_FREQS + "'",
                    factors.length + " divisors up to " + factor,
                    headDim / 2 + " divisors of a llama3 scaling with low_freq_factor 1, high_freq_factor 4 and"
                            + " original_max_position_embeddings " + original);
        }
        ObjectNode scaling = JsonFiles.newObject();
        scaling.put("rope_type", "llama3");
        scaling.put("factor", factor);
        scaling.put("low_freq_factor", LOW_FREQ_FACTOR);
        scaling.put("high_freq_factor", HIGH_FREQ_FACTOR);
        scaling.put("original_max_position_embeddings", original);
        return scaling;
    }

    private static double llama3Divisor(double wavelength, double factor, long original) {
        if (wavelength < original / HIGH_FREQ_FACTOR) {
            return 1;
        }
        if (wavelength > original / LOW_FREQ_FACTOR) {
            return factor;
        }
        double smooth = (original / wavelength - LOW_FREQ_FACTOR) / (HIGH_FREQ_FACTOR - LOW_FREQ_FACTOR);
        return 1 / ((1 - smooth) / factor + smooth);
    }
}

package org.bayling.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ggml's tensor names of the architecture {@code llama}, in Hugging Face's words. */
final class GgufNames {
    /** The divisors of the rotary frequencies, which Hugging Face keeps in the config and not among the tensors. */
    static final String ROPE_FREQS = "rope_freqs.weight";

    private static final Pattern BLOCK = Pattern.compile("blk\\.(0|[1-9][0-9]{0,5})\\.([a-z_]+)\\.(weight|bias)");
    private static final Map<String, String> OUTER = Map.of(
            "token_embd.weight", "model.embed_tokens.weight",
            "output_norm.weight", "model.norm.weight",
            "output.weight", "lm_head.weight");
    private static final Map<String, String> IN_BLOCK = Map.of(
            "attn_norm", "input_layernorm",
            "attn_q", "self_attn.q_proj",
            "attn_k", "self_attn.k_proj",
            "attn_v", "self_attn.v_proj",
            "attn_output", "self_attn.o_proj",
            "ffn_norm", "post_attention_layernorm",
            "ffn_gate", "mlp.gate_proj",
            "ffn_up", "mlp.up_proj",
            "ffn_down", "mlp.down_proj");

    private GgufNames() {}

    /** The Hugging Face name, or empty for a tensor that Llama does not have. */
    static Optional<String> huggingFace(String ggml) {
        if (OUTER.containsKey(ggml)) {
            return Optional.of(OUTER.get(ggml));
        }
        Matcher block = BLOCK.matcher(ggml);
        if (block.matches() && IN_BLOCK.containsKey(block.group(2))) {
            return Optional.of(
                    "model.layers." + block.group(1) + "." + IN_BLOCK.get(block.group(2)) + "." + block.group(3));
        }
        return Optional.empty();
    }
}

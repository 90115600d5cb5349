package org.bayling.model;

import org.bayling.numeric.TensorShape;

/** The seven projections of a decoder layer, in the order of the kernels. */
public enum Projection {
    Q_PROJ("self_attn.q_proj"),
    K_PROJ("self_attn.k_proj"),
    V_PROJ("self_attn.v_proj"),
    O_PROJ("self_attn.o_proj"),
    GATE_PROJ("mlp.gate_proj"),
    UP_PROJ("mlp.up_proj"),
    DOWN_PROJ("mlp.down_proj");

    private final String path;

    Projection(String path) {
        this.path = path;
    }

    /** Hugging Face's module name, for example {@code model.layers.3.self_attn.q_proj}. */
    public String module(int layer) {
        return HfNames.layer(layer) + path;
    }

    /** Shape of the weight: [out, in]. */
    public TensorShape shape(LlamaConfig config) {
        long q = config.numAttentionHeads() * config.headDim();
        long kv = config.numKeyValueHeads() * config.headDim();
        long hidden = config.hiddenSize();
        return switch (this) {
            case Q_PROJ -> TensorShape.of(q, hidden);
            case K_PROJ, V_PROJ -> TensorShape.of(kv, hidden);
            case O_PROJ -> TensorShape.of(hidden, q);
            case GATE_PROJ, UP_PROJ -> TensorShape.of(config.intermediateSize(), hidden);
            case DOWN_PROJ -> TensorShape.of(hidden, config.intermediateSize());
        };
    }

    /** True when the configuration gives this projection a bias. */
    public boolean hasBias(LlamaConfig config) {
        return ordinal() <= O_PROJ.ordinal() ? config.attentionBias() : config.mlpBias();
    }
}

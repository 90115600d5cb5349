package org.bayling.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bayling.numeric.TensorShape;

/** Names of a Llama's tensors, as Hugging Face spells them. */
public final class HfNames {
    public static final String EMBED_TOKENS = "model.embed_tokens";
    public static final String NORM = "model.norm";
    public static final String LM_HEAD = "lm_head";
    public static final String INPUT_LAYERNORM = "input_layernorm";
    public static final String POST_ATTENTION_LAYERNORM = "post_attention_layernorm";

    private HfNames() {}

    /** {@code model.layers.3.} */
    public static String layer(int index) {
        return "model.layers." + index + ".";
    }

    /** Every tensor that a model of this architecture has, with its shape, in the order of the modules. */
    public static Map<String, TensorShape> tensors(LlamaConfig config) {
        Map<String, TensorShape> shapes = new LinkedHashMap<>();
        TensorShape table = TensorShape.of(config.vocabSize(), config.hiddenSize());
        TensorShape hidden = TensorShape.of(config.hiddenSize());
        shapes.put(EMBED_TOKENS + ".weight", table);
        for (int i = 0; i < config.numHiddenLayers(); i++) {
            for (Projection projection : Projection.values()) {
                TensorShape shape = projection.shape(config);
                shapes.put(projection.module(i) + ".weight", shape);
                if (projection.hasBias(config)) {
                    shapes.put(projection.module(i) + ".bias", TensorShape.of(shape.get(0)));
                }
            }
            shapes.put(layer(i) + INPUT_LAYERNORM + ".weight", hidden);
            shapes.put(layer(i) + POST_ATTENTION_LAYERNORM + ".weight", hidden);
        }
        shapes.put(NORM + ".weight", hidden);
        if (!config.tieWordEmbeddings()) {
            shapes.put(LM_HEAD + ".weight", table);
        }
        return shapes;
    }

    /** True for buffers that old files carry and that are computed here: {@code ...rotary_emb.inv_freq}. */
    public static boolean isComputedBuffer(String name) {
        return name.endsWith(".rotary_emb.inv_freq");
    }
}

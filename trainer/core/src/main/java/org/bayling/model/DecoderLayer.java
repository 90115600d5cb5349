package org.bayling.model;

import java.util.List;

/**
 * The parameters of one layer.
 *
 * @param linears one for each {@link Projection}, in its order
 */
public record DecoderLayer(
        int index, Parameter inputLayernorm, Parameter postAttentionLayernorm, List<LinearWeight> linears) {
    public DecoderLayer {
        linears = List.copyOf(linears);
    }

    /** True when the optimizer changes anything in this layer. */
    public boolean trained() {
        return inputLayernorm.trained()
                || postAttentionLayernorm.trained()
                || linears.stream().anyMatch(DecoderLayer::trained);
    }

    private static boolean trained(LinearWeight linear) {
        return linear.weight().trained()
                || linear.bias().map(Parameter::trained).orElse(false)
                || linear instanceof LinearWeight.LoraLinear lora && lora.a().trained();
    }
}

package org.bayling.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every parameter of a model once, in the order of its modules; tied weights are one parameter with two uses.
 *
 * @param all in order
 * @param trained those that the optimizer changes, in order
 */
public record ParameterSet(List<Parameter> all, List<Parameter> trained) {

    static ParameterSet of(Parameter embedding, List<DecoderLayer> layers, Parameter norm, Parameter head) {
        Set<Parameter> all = new LinkedHashSet<>();
        all.add(embedding);
        for (DecoderLayer layer : layers) {
            for (LinearWeight linear : layer.linears()) {
                all.add(linear.weight());
                linear.bias().ifPresent(all::add);
                if (linear instanceof LinearWeight.LoraLinear lora) {
                    all.add(lora.a());
                    all.add(lora.b());
                    lora.magnitude().ifPresent(all::add);
                }
            }
            all.add(layer.inputLayernorm());
            all.add(layer.postAttentionLayernorm());
        }
        all.add(norm);
        all.add(head);
        List<Parameter> list = new ArrayList<>(all);
        return new ParameterSet(list, list.stream().filter(Parameter::trained).toList());
    }

    public ParameterSet {
        all = List.copyOf(all);
        trained = List.copyOf(trained);
    }

    /** Numbers in all parameters. */
    public long elements() {
        return all.stream().mapToLong(parameter -> parameter.shape().elements()).sum();
    }

    /** Numbers in the trained ones. */
    public long trainedElements() {
        return trained.stream().mapToLong(parameter -> parameter.shape().elements()).sum();
    }
}

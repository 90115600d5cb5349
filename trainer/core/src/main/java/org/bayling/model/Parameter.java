package org.bayling.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/**
 * One named tensor of a model or an adapter; its memory belongs to the {@link LlamaModel}.
 *
 * @param name Hugging Face's name, or PEFT's as {@code named_parameters()} gives it
 * @param fileKey its key in a model or adapter file
 * @param shape extents
 * @param dtype how {@code tensor} is stored
 * @param tensor the values that the forward pass reads
 * @param master the fp32 copy that the optimizer changes; empty for frozen parameters and for trained ones that are
 *     stored in fp32
 * @param trained whether the optimizer changes it
 */
public record Parameter(
        String name,
        String fileKey,
        TensorShape shape,
        DType dtype,
        NDArray tensor,
        Optional<NDArray> master,
        boolean trained) {

    /** What the optimizer changes: fp32. */
    public NDArray trainedTensor() {
        return master.orElse(tensor);
    }

    /** Biases and norm weights are never decayed (transformers' {@code get_decay_parameter_names}). */
    public boolean decayed() {
        return !name.endsWith(".bias") && shape.rank() > 0 && !name.contains("norm.weight") && !name.contains(".norm.");
    }
}

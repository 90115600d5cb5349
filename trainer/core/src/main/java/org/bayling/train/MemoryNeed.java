package org.bayling.train;

import java.util.Locale;
import java.util.Map;
import org.bayling.checkpoint.TensorStore;
import org.bayling.config.MethodConfig;
import org.bayling.model.HfNames;
import org.bayling.model.ModelSource;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/**
 * The least memory that a run's weights and optimizer take, known from the files' headers. {@link MemoryPlan} says
 * more, but only of a model that has been loaded; a machine that promises more memory than it has would have killed
 * the process by then, without a word.
 *
 * @param bytes of the process
 * @param parameters of the model
 * @param full whether all of them are trained
 */
record MemoryNeed(double bytes, double parameters, boolean full) {
    /** Gradient and two moments, fp32. */
    private static final int TRAINED = 12;

    private static final double GIB = 1L << 30;

    /** @param storage of the matrices in memory */
    static MemoryNeed of(ModelSource source, DType storage, MethodConfig method) {
        boolean full = method.lora().isEmpty();
        int master = storage == DType.F32 ? 0 : 4;
        double bytes = 0;
        double parameters = 0;
        for (Map.Entry<String, TensorShape> tensor : HfNames.tensors(source.config()).entrySet()) {
            double elements = tensor.getValue().elements();
            parameters += elements;
            if (full) {
                bytes += elements * (storage.bytes() + master + TRAINED);
            } else if (source.tensors().isPresent() && !staysMapped(source.tensors().get(), tensor.getKey(), storage)) {
                bytes += elements * storage.bytes();
            }
        }
        return new MemoryNeed(bytes, parameters, full);
    }

    /** A frozen tensor that is stored as it is in its file stays there. */
    private static boolean staysMapped(TensorStore store, String name, DType storage) {
        TensorStore.Entry entry = store.entry(name);
        return entry.plain() && (storage == DType.F32 || storage == entry.dtype());
    }

    /**
     * Refuses a run that cannot fit.
     *
     * @param available bytes that the machine can give
     */
    void require(long available) throws NotEnoughMemoryException {
        if (bytes > available) {
            throw new NotEnoughMemoryException(String.format(
                    Locale.ROOT,
                    "not enough memory: %s of %,.0f parameters takes at least %.1f GiB, free are %.1f GiB; %s",
                    full ? "full fine-tuning" : "a frozen base",
                    parameters,
                    bytes / GIB,
                    available / GIB,
                    full
                            ? "finetuning_type: lora takes far less, else choose a smaller model or another machine"
                            : "precision: bf16 halves it, and safetensors of that dtype stay in their file"));
        }
    }
}

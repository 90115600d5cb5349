package org.bayling.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bayling.checkpoint.TensorStore;
import org.bayling.numeric.TensorShape;

/** Are the tensors of files those of an architecture? Told by their headers, before anything is loaded. */
final class ModelTensors {
    private static final int SHOWN = 5;

    private ModelTensors() {}

    /**
     * Checks names, shapes and types of a whole model.
     *
     * @throws InvalidModelException for tensors that are missing, extra, of another shape or no floating type
     */
    static void check(LlamaConfig config, TensorStore store) {
        Map<String, TensorShape> wanted = HfNames.tensors(config);
        List<String> missing = new ArrayList<>(wanted.keySet());
        missing.removeAll(store.names());
        List<String> extra = new ArrayList<>(store.names());
        extra.removeAll(wanted.keySet());
        extra.removeIf(HfNames::isComputedBuffer);
        String head = HfNames.LM_HEAD + ".weight";
        if (config.tieWordEmbeddings()) {
            extra.remove(head); // allowed when it equals the embedding, which the loader checks
        }
        if (!missing.isEmpty() || !extra.isEmpty()) {
            throw new InvalidModelException(store.path() + ": the model's tensors do not fit its config.json: "
                    + some("missing", missing) + (missing.isEmpty() || extra.isEmpty() ? "" : "; ")
                    + some("not expected", extra));
        }
        wanted.forEach((name, shape) -> check(store, name, shape));
        if (config.tieWordEmbeddings() && store.names().contains(head)) {
            check(store, head, wanted.get(HfNames.EMBED_TOKENS + ".weight"));
        }
    }

    /**
     * Checks one tensor.
     *
     * @throws InvalidModelException when it is of another shape or no floating type
     */
    static void check(TensorStore store, String name, TensorShape shape) {
        TensorStore.Entry entry = store.entry(name);
        String which = store.fileOf(name) + ": tensor " + name;
        if (!entry.shape().equals(shape)) {
            throw new InvalidModelException(which + " has the shape " + entry.shape()
                    + ", but by the configuration it must be " + shape);
        }
        if (!entry.dtype().isFloating()) {
            throw new InvalidModelException(which + " is " + entry.stored()
                    + "; a weight must be a floating type (F32, BF16, F16 or a GGUF block type)");
        }
    }

    private static String some(String what, List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return what + " " + shown + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }
}

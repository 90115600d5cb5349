package org.bayling.model;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import org.bayling.checkpoint.AdapterConfig;
import org.bayling.checkpoint.AdapterKeys;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.checkpoint.TensorSource;
import org.bayling.checkpoint.TensorStore;
import org.bayling.numeric.DType;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * The weights of a model with an adapter built in, one tensor at a time: W + s B A in fp32 (rows scaled as DoRA does),
 * rounded once to the dtype asked for; {@code modules_to_save} take the place of the model's own weights; all else is
 * the model's. Memory is that of the largest matrix. Both stores stay the caller's.
 */
public final class AdapterMerge implements TensorSource {
    private final Kernels kernels;
    private final HostTransfer transfer;
    private final TensorStore base;
    private final PeftAdapterDir adapter;
    private final boolean unties;

    /**
     * A merge into a model.
     *
     * @param config of the model
     */
    public AdapterMerge(Kernels kernels, LlamaConfig config, TensorStore base, PeftAdapterDir adapter)
            throws IOException {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.base = base;
        this.adapter = adapter;
        this.unties = config.tieWordEmbeddings() && savesTwoTables();
    }

    /** True when the model ties its output head to the embedding and the adapter holds two different tables for them. */
    public boolean unties() {
        return unties;
    }

    private boolean savesTwoTables() throws IOException {
        String embedding = AdapterKeys.saved(HfNames.EMBED_TOKENS + ".weight");
        String head = AdapterKeys.saved(HfNames.LM_HEAD + ".weight");
        boolean both = adapter.tensors().names().contains(embedding)
                && adapter.tensors().names().contains(head);
        return both && !TensorEquality.equal(adapter.tensors(), embedding, head);
    }

    @Override
    public void write(TensorStore.Entry tensor, Sink sink) throws IOException {
        String saved = AdapterKeys.saved(tensor.name());
        if (adapter.tensors().names().contains(saved)) {
            TensorSource.of(adapter.tensors())
                    .write(TensorStore.Entry.of(saved, tensor.dtype(), tensor.shape()), sink);
            return;
        }
        String module = tensor.name().replaceFirst("\\.weight$", "");
        if (adapter.tensors().names().contains(AdapterKeys.loraA(module))) {
            writeMerged(module, tensor, sink);
        } else {
            TensorSource.of(base).write(tensor, sink);
        }
    }

    private void writeMerged(String module, TensorStore.Entry tensor, Sink sink) throws IOException {
        AdapterConfig config = adapter.config();
        try (TensorScope scope = kernels.scope()) {
            NDArray merged = kernels.merged(
                    scope,
                    transfer.load(scope, base, tensor.name(), DType.F32),
                    transfer.load(scope, adapter.tensors(), AdapterKeys.loraA(module), DType.F32),
                    transfer.load(scope, adapter.tensors(), AdapterKeys.loraB(module), DType.F32),
                    config.useDora()
                            ? transfer.load(scope, adapter.tensors(), AdapterKeys.magnitude(module), DType.F32)
                            : kernels.none(),
                    config.scaleOf(module));
            NDArray rounded = tensor.dtype() == DType.F32 ? merged : kernels.convert(scope, merged, tensor.dtype());
            transfer.forEachSlice(rounded, tensor.shape(), tensor.dtype(), sink::write);
        }
    }
}

package org.bayling.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bayling.checkpoint.HfModelWriter;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.checkpoint.TensorSource;
import org.bayling.checkpoint.TensorStore;
import org.bayling.io.AtomicDirectory;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/**
 * A model, as it is or with an adapter merged, as a Hugging Face directory: weights, configuration, tokenizer, chat
 * template, licence.
 */
public final class ModelExport {
    private final ModelFiles files;
    private final SideFiles sideFiles;
    private final ObjectNode config;
    private final List<TensorStore.Entry> tensors;
    private final TensorSource source;
    private final long maxShardBytes;

    /**
     * An export of a model that is open and stays the caller's.
     *
     * @param sideFiles what is written beside the weights
     * @param merge the adapter to build in, if any
     * @param dtype of all weights; empty keeps each tensor's, fp32 for quantised ones
     * @param maxShardBytes of one weight file
     */
    public ModelExport(
            ModelFiles files,
            SideFiles sideFiles,
            Optional<AdapterMerge> merge,
            Optional<DType> dtype,
            long maxShardBytes) {
        this.files = files;
        this.sideFiles = sideFiles;
        this.maxShardBytes = maxShardBytes;
        this.config = files.config().deepCopy();
        if (merge.map(AdapterMerge::unties).orElse(false)) {
            config.put("tie_word_embeddings", false);
        }
        this.tensors = entries(dtype);
        this.source = merge.isPresent() ? merge.get() : TensorSource.of(files.tensors());
    }

    /** Exactly the tensors of the architecture: no second copy of a tied table, no buffers of old versions. */
    private List<TensorStore.Entry> entries(Optional<DType> dtype) {
        TensorStore store = files.tensors();
        List<TensorStore.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, TensorShape> tensor :
                HfNames.tensors(LlamaConfig.of(config, files.path().toString())).entrySet()) {
            String name = tensor.getKey();
            boolean tied = name.equals(HfNames.LM_HEAD + ".weight") && !store.names().contains(name);
            TensorStore.Entry stored = store.entry(tied ? HfNames.EMBED_TOKENS + ".weight" : name);
            if (!stored.shape().equals(tensor.getValue())) {
                throw new InvalidModelException(files.path() + ": tensor " + name + " has the shape " + stored.shape()
                        + ", but by the configuration it must be " + tensor.getValue());
            }
            entries.add(TensorStore.Entry.of(name, dtype.orElse(stored.dtype()), stored.shape()));
        }
        return entries;
    }

    /** Bytes of all weights. */
    public long bytes() {
        return tensors.stream().mapToLong(TensorStore.Entry::bytes).sum();
    }

    /** Writes everything into a directory that the caller publishes. */
    public void writeInto(AtomicDirectory directory) throws IOException {
        new HfModelWriter(
                        config, sideFiles.generationConfig(), sideFiles.files(), tensors, source, maxShardBytes)
                .writeInto(directory);
    }
}

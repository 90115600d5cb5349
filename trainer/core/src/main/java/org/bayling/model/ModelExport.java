package org.bayling.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.checkpoint.GgufModel;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.HfModelWriter;
import org.bayling.checkpoint.JsonFiles;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.checkpoint.TensorSource;
import org.bayling.checkpoint.TensorStore;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.DurableFile;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.tokenizer.GgufTokenizer;
import org.bayling.tokenizer.Tokenizer;

/**
 * A model, as it is or with an adapter merged, as a Hugging Face directory: weights, configuration, tokenizer, chat
 * template, licence. What a GGUF file holds in its metadata becomes the files that Hugging Face has for it.
 */
public final class ModelExport {
    private static final List<String> TOKEN_IDS = List.of("bos_token_id", "eos_token_id", "pad_token_id");

    private final ModelFiles files;
    private final ObjectNode config;
    private final List<TensorStore.Entry> tensors;
    private final TensorSource source;
    private final long maxShardBytes;

    /**
     * An export of a model that is open and stays the caller's.
     *
     * @param merge the adapter to build in, if any
     * @param dtype of all weights; empty keeps each tensor's, fp32 for quantised ones
     * @param maxShardBytes of one weight file
     */
    public ModelExport(
            ModelFiles files, Optional<AdapterMerge> merge, Optional<DType> dtype, long maxShardBytes) {
        this.files = files;
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
        SortedMap<String, Path> companions =
                files instanceof HfModelDir hf ? hf.companions() : new TreeMap<>();
        new HfModelWriter(config, generationConfig(), companions, tensors, source, maxShardBytes)
                .writeInto(directory);
        if (files instanceof GgufModel gguf) {
            writeTokenizer(directory, gguf);
        }
    }

    private Optional<ObjectNode> generationConfig() {
        if (files instanceof HfModelDir hf) {
            return hf.generationConfig();
        }
        ObjectNode generation = JsonFiles.newObject();
        generation.put("_from_model_config", true);
        for (String key : TOKEN_IDS) {
            if (config.has(key)) {
                generation.set(key, config.get(key));
            }
        }
        return Optional.of(generation);
    }

    private static void writeTokenizer(AtomicDirectory directory, GgufModel gguf) throws IOException {
        try (Tokenizer tokenizer = GgufTokenizer.from(gguf.metadata(), gguf.path().toString())) {
            Map<String, byte[]> contents = new TreeMap<>(tokenizer.files());
            tokenizer
                    .chatTemplate()
                    .ifPresent(template ->
                            contents.put(Tokenizer.CHAT_TEMPLATE, template.getBytes(StandardCharsets.UTF_8)));
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                try (DurableFile file = directory.file(content.getKey())) {
                    file.write(ByteBuffer.wrap(content.getValue()));
                    file.seal();
                }
            }
        }
    }
}

package org.bayling.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bayling.checkpoint.GgufModel;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.JsonFiles;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.checkpoint.TensorStore;
import org.bayling.tokenizer.GgufTokenizer;
import org.bayling.tokenizer.Tokenizer;

/**
 * A model on disk with its tokenizer: a Hugging Face directory or a GGUF file. Owns both.
 *
 * @param path what was opened
 * @param config the architecture
 * @param sideFiles what a copy of the model needs beside weights and configuration
 * @param weights empty when only configuration and tokenizer were asked for
 * @param tokenizer of the model
 */
public record ModelSource(
        Path path,
        LlamaConfig config,
        SideFiles sideFiles,
        Optional<ModelFiles> weights,
        Tokenizer tokenizer)
        implements AutoCloseable {

    /**
     * Opens a model; of the weights only the headers are read.
     *
     * @throws InvalidModelException when tensors and configuration disagree, or the tokenizer has ids that the model
     *     has no rows for, or names a BOS or EOS that it does not have
     */
    public static ModelSource open(Path path) throws IOException {
        ModelFiles files = ModelFiles.open(path);
        try {
            Path configFile = files instanceof HfModelDir ? path.resolve(HfModelDir.CONFIG) : path;
            LlamaConfig config = LlamaConfig.of(files.config(), configFile.toString());
            ModelTensors.check(config, files.tensors());
            Tokenizer tokenizer = files instanceof GgufModel gguf
                    ? GgufTokenizer.from(gguf.metadata(), path.toString())
                    : Tokenizer.load(path);
            SideFiles sideFiles = files instanceof GgufModel gguf
                    ? SideFiles.ofGguf(gguf, tokenizer)
                    : SideFiles.ofDirectory(path);
            return checked(new ModelSource(path, config, sideFiles, Optional.of(files), tokenizer));
        } catch (IOException | RuntimeException problem) {
            files.close();
            throw problem;
        }
    }

    /** Opens only {@code config.json} and the tokenizer of a directory: a model that is to be trained from scratch. */
    public static ModelSource openWithoutWeights(Path directory) throws IOException {
        Path file = directory.resolve(HfModelDir.CONFIG);
        if (!Files.isRegularFile(file)) {
            throw new IOException(directory + ": holds no " + HfModelDir.CONFIG + "; train_from_scratch needs it and a "
                    + "tokenizer.json");
        }
        LlamaConfig config = LlamaConfig.of(JsonFiles.readObject(file), file.toString());
        return checked(new ModelSource(
                directory, config, SideFiles.ofDirectory(directory), Optional.empty(), Tokenizer.load(directory)));
    }

    private static ModelSource checked(ModelSource source) {
        Optional<String> disagreement = disagreement(source.tokenizer, source.config);
        if (disagreement.isPresent()) {
            source.tokenizer.close();
            throw new InvalidModelException(source.path + ": " + disagreement.get());
        }
        return source;
    }

    private static Optional<String> disagreement(Tokenizer tokenizer, LlamaConfig config) {
        if (tokenizer.vocabularySize() > config.vocabSize()) {
            return Optional.of("the tokenizer has ids up to " + (tokenizer.vocabularySize() - 1)
                    + ", but the model's vocab_size is " + config.vocabSize() + "; they do not belong together");
        }
        // As text they would be written letter by letter, and the model would never learn to stop.
        if (tokenizer.eosToken().isPresent() && tokenizer.eosId().isEmpty()) {
            return Optional.of(unknown("eos_token", tokenizer.eosToken().get()));
        }
        if (tokenizer.bosToken().isPresent() && tokenizer.bosId().isEmpty()) {
            return Optional.of(unknown("bos_token", tokenizer.bosToken().get()));
        }
        return Optional.empty();
    }

    private static String unknown(String key, String token) {
        return "its " + Tokenizer.TOKENIZER_CONFIG + " says " + key + " '" + token + "', which is no token of its "
                + Tokenizer.TOKENIZER_JSON + "; they do not belong together";
    }

    /** The same model and resources; copies of it are written with another chat template, where that is another. */
    public ModelSource withChatTemplate(String source) throws IOException {
        return tokenizer.chatTemplate().equals(Optional.of(source))
                ? this
                : new ModelSource(path, config, sideFiles.withChatTemplate(source), weights, tokenizer);
    }

    /** The weights' store, where they were opened. */
    public Optional<TensorStore> tensors() {
        return weights.map(ModelFiles::tensors);
    }

    @Override
    public void close() throws IOException {
        tokenizer.close();
        if (weights.isPresent()) {
            weights.get().close();
        }
    }
}

package org.bayling.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.bayling.checkpoint.TensorStore;
import org.bayling.data.DataException;
import org.bayling.generate.BatchGenerator;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.Generator;
import org.bayling.generate.StopRule;
import org.bayling.io.OwnedResources;
import org.bayling.model.InvalidModelException;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader.Trained;
import org.bayling.model.ModelPrecision;
import org.bayling.numeric.DType;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.ProductSpeed;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.ChatRenderer;

/** A model that is loaded and ready to answer. Owns everything; confined to one thread. */
final class TalkingModel implements AutoCloseable {
    private final OwnedResources owned = new OwnedResources();
    private final ModelOptions.Places places;
    private OpenedModel opened;
    private Tokenizer tokenizer;
    private Kernels kernels;
    private LlamaModel llama;
    private Generator generator;

    private TalkingModel(ModelOptions.Places places) {
        this.places = places;
    }

    /** Loads a model, its adapter and its tokenizer. */
    static TalkingModel open(ModelOptions.Places places) throws IOException {
        TalkingModel model = new TalkingModel(places);
        try {
            model.load();
            return model;
        } catch (IOException | RuntimeException | Error problem) {
            model.close();
            throw problem;
        }
    }

    private void load() throws IOException {
        opened = own(OpenedModel.open(places));
        tokenizer = own(ModelTokenizer.open(places.base()));
        if (tokenizer.vocabularySize() > opened.config().vocabSize()) {
            throw new InvalidModelException(places.base() + ": the tokenizer has ids up to "
                    + (tokenizer.vocabularySize() - 1) + ", but the model's vocab_size is " + opened.config().vocabSize()
                    + "; they do not belong together");
        }
        kernels = own(Kernels.open(OptionalInt.empty()));
        llama = own(opened.load(kernels, Trained.NOTHING, precision(kernels)));
    }

    /** As the file stores it; in its 16-bit type also multiplied where this machine is fast at that. */
    private ModelPrecision precision(Kernels kernels) {
        TensorStore tensors = opened.files().tensors();
        DType stored = tensors.entry("model.embed_tokens.weight").dtype();
        return stored == DType.BF16 || stored == DType.F16
                ? new ModelPrecision(DType.F32, ProductSpeed.measure(kernels, stored).choice())
                : ModelPrecision.FP32;
    }

    /** A generator of single answers. */
    Generator generator() {
        if (generator == null) {
            generator = own(new Generator(kernels, llama, tokenizer));
        }
        return generator;
    }

    /** A generator of many answers at a time; the caller closes it. */
    BatchGenerator batchGenerator(long cacheBytes) {
        return new BatchGenerator(kernels, llama, Optional.of(tokenizer), cacheBytes);
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    /** What people call the model. */
    String name() {
        return opened.name();
    }

    /** What tells the model from others in files of results. */
    String fingerprint() throws IOException {
        return opened.fingerprint(llama.precision());
    }

    /** What the model's files recommend. */
    GenerationSettings settings() throws IOException {
        try {
            return GenerationSettings.of(opened.files());
        } catch (IllegalArgumentException problem) {
            throw new DataException(problem.getMessage(), problem);
        }
    }

    StopRule stop() {
        return StopRule.of(opened.files(), tokenizer);
    }

    /**
     * Renders conversations.
     *
     * @param template a built-in one or a file; empty takes the one that the run trained with, else the model's own
     */
    ChatRenderer renderer(Optional<String> template) throws IOException {
        return new ChatRenderer(tokenizer, ModelTemplate.of(template, places, tokenizer));
    }

    private <T extends AutoCloseable> T own(T resource) {
        return owned.own(resource);
    }

    @Override
    public void close() throws IOException {
        owned.close();
    }
}

package org.bayling.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.bayling.evaluation.likelihood.LogLikelihood;
import org.bayling.evaluation.likelihood.RequestEncoder;
import org.bayling.io.OwnedResources;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.bayling.model.ModelPrecision;
import org.bayling.model.ModelSource;
import org.bayling.tensor.Kernels;
import org.bayling.tokenizer.Tokenizer;
import org.junit.jupiter.api.Assumptions;

/** The real model that tests of numbers run on; tests are skipped where it is not. */
public final class SmolLm2 implements AutoCloseable {
    private final OwnedResources owned = new OwnedResources();
    private final ModelSource source;
    private final LlamaModel model;
    private final LogLikelihood scorer;

    private SmolLm2(Path file) throws IOException {
        Kernels kernels = owned.own(Kernels.open(OptionalInt.empty()));
        source = owned.own(ModelSource.open(file));
        model = owned.own(new ModelLoader(
                        kernels,
                        source.config(),
                        source.tensors(),
                        Optional.empty(),
                        Optional.empty(),
                        ModelLoader.Trained.NOTHING,
                        ModelPrecision.FP32,
                        0)
                .load());
        scorer = new LogLikelihood(kernels, model);
    }

    public static SmolLm2 open() throws IOException {
        Path file = shared().resolve("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        Assumptions.assumeTrue(Files.isRegularFile(file), "SmolLM2 is not at " + file);
        return new SmolLm2(file);
    }

    /** Data beside it. */
    public static Path data(String name) {
        Path data = shared().resolve("data").resolve(name);
        Assumptions.assumeTrue(Files.exists(data), "data are not at " + data);
        return data;
    }

    private static Path shared() {
        return Path.of(Optional.ofNullable(System.getProperty("bayling.shared", System.getenv("BAYLING_SHARED")))
                .orElse("shared"));
    }

    public Tokenizer tokenizer() {
        return source.tokenizer();
    }

    public RequestEncoder encoder() {
        return encoder((int) model.config().maxPositionEmbeddings());
    }

    public RequestEncoder encoder(int maxLength) {
        return new RequestEncoder(source.tokenizer(), maxLength);
    }

    public LogLikelihood scorer() {
        return scorer;
    }

    @Override
    public void close() throws IOException {
        owned.close();
    }
}

package org.bayling.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.bayling.Shared;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.model.LlamaConfig;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.bayling.model.ModelPrecision;
import org.bayling.tensor.Kernels;

/** The small reference models, opened for generation. */
record TinyGeneration(ModelFiles files, LlamaModel model) implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    static TinyGeneration open(Kernels kernels, String variant) throws IOException {
        return open(kernels, Shared.path("golden/tiny/" + variant), ModelPrecision.FP32, Optional.empty());
    }

    static TinyGeneration open(
            Kernels kernels, Path path, ModelPrecision precision, Optional<PeftAdapterDir> adapter)
            throws IOException {
        ModelFiles files = ModelFiles.open(path);
        LlamaConfig config = LlamaConfig.of(files.config(), path.toString());
        LlamaModel model = new ModelLoader(
                        kernels,
                        config,
                        Optional.of(files.tensors()),
                        adapter.map(PeftAdapterDir::config),
                        adapter.map(PeftAdapterDir::tensors),
                        ModelLoader.Trained.NOTHING,
                        precision,
                        0)
                .load();
        return new TinyGeneration(files, model);
    }

    static JsonNode json(String shared) throws IOException {
        return JSON.readTree(Shared.path(shared).toFile());
    }

    static int[] ids(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
    }

    static int[] randomIds(int count, long vocabulary) {
        return new Random(7).ints(count, 3, (int) vocabulary).toArray();
    }

    @Override
    public void close() throws IOException {
        model.close();
        files.close();
    }
}

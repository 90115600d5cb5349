package org.bayling.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.checkpoint.TensorStore;
import org.bayling.model.LlamaConfig;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.bayling.model.ModelPrecision;
import org.bayling.tensor.Kernels;

/** Loads the reference models and numbers. */
final class TinyModels {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TinyModels() {}

    static LlamaModel base(Kernels kernels, HfModelDir directory, ModelLoader.Trained trained) throws IOException {
        return base(kernels, directory, trained, ModelPrecision.FP32);
    }

    static LlamaModel base(
            Kernels kernels, HfModelDir directory, ModelLoader.Trained trained, ModelPrecision precision)
            throws IOException {
        LlamaConfig config = LlamaConfig.of(directory.config(), directory.path().toString());
        return new ModelLoader(
                        kernels, config, Optional.of(directory.tensors()), Optional.empty(), Optional.empty(), trained,
                        precision, 0)
                .load();
    }

    static LlamaModel adapted(Kernels kernels, HfModelDir directory, PeftAdapterDir adapter) throws IOException {
        LlamaConfig config = LlamaConfig.of(directory.config(), directory.path().toString());
        return new ModelLoader(
                        kernels,
                        config,
                        Optional.of(directory.tensors()),
                        Optional.of(adapter.config()),
                        Optional.of(adapter.tensors()),
                        ModelLoader.Trained.ADAPTER,
                        ModelPrecision.FP32,
                        0)
                .load();
    }

    static float[] floats(TensorStore store, String name) throws IOException {
        int elements = Math.toIntExact(store.entry(name).shape().elements());
        ByteBuffer bytes = ByteBuffer.allocateDirect(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
        store.readFp32(name, 0, bytes);
        float[] values = new float[elements];
        bytes.clear();
        bytes.asFloatBuffer().get(values);
        return values;
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}

package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.checkpoint.TensorStore;
import org.bayling.evaluation.results.ModelFingerprint;
import org.bayling.model.LlamaConfig;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.bayling.model.ModelLoader.Trained;
import org.bayling.model.ModelPrecision;
import org.bayling.tensor.Kernels;

/**
 * A model's files and an adapter's, open together; what is loaded from them lives no longer.
 *
 * @param adapter on top, if any
 */
record OpenedModel(ModelFiles files, Optional<PeftAdapterDir> adapter) implements AutoCloseable {

    /** Opens what was asked for. */
    static OpenedModel open(ModelOptions.Places places) throws IOException {
        ModelFiles files = ModelFiles.open(places.base());
        try {
            Optional<Path> adapter = places.adapter();
            return new OpenedModel(
                    files, adapter.isPresent() ? Optional.of(PeftAdapterDir.open(adapter.get())) : Optional.empty());
        } catch (IOException | RuntimeException problem) {
            files.close();
            throw problem;
        }
    }

    LlamaConfig config() {
        return LlamaConfig.of(files.config(), files.path().toString());
    }

    /** Into memory. */
    LlamaModel load(Kernels kernels, Trained trained, ModelPrecision precision) throws IOException {
        return new ModelLoader(
                        kernels,
                        config(),
                        Optional.of(files.tensors()),
                        adapter.map(PeftAdapterDir::config),
                        adapter.map(opened -> (TensorStore) opened.tensors()),
                        trained,
                        precision,
                        0)
                .load();
    }

    /** What people call it: its path, and the adapter's. */
    String name() {
        return files.path() + adapter.map(opened -> " + " + opened.path()).orElse("");
    }

    /** What tells it from other models in files of results. */
    String fingerprint(ModelPrecision precision) throws IOException {
        List<Path> all = new ArrayList<>(files.sources());
        adapter.ifPresent(opened -> {
            all.add(opened.path().resolve(PeftAdapterDir.CONFIG));
            all.add(opened.path().resolve(PeftAdapterDir.WEIGHTS));
        });
        return ModelFingerprint.of(all, precision.toString());
    }

    @Override
    public void close() throws IOException {
        try (ModelFiles closedLast = files) {
            if (adapter.isPresent()) {
                adapter.get().close();
            }
        }
    }
}

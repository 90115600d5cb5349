package org.bayling.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A GGUF file that was opened as a model.
 *
 * @param config derived from the metadata by the rules of the package description
 * @param tensors owned by this object
 */
public record GgufModel(Path path, ObjectNode config, GgufFile tensors) implements ModelFiles {

    /** Opens the file; errors as {@link GgufFile#open}. */
    public static GgufModel open(Path path) throws IOException {
        GgufFile file = GgufFile.open(path);
        try {
            return new GgufModel(path, GgufConfig.of(file), file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** All metadata of the file, the tokenizer's ({@code tokenizer.*}) included; see {@link GgufFile#metadata()}. */
    public Map<String, Object> metadata() {
        return tensors.metadata();
    }

    @Override
    public List<Path> sources() {
        return List.of(path);
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }
}

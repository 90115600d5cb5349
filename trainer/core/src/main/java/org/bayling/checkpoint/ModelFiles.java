package org.bayling.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A model on disk, whatever its form: a Hugging Face directory or a GGUF file. Owns its tensors. */
public sealed interface ModelFiles extends AutoCloseable permits HfModelDir, GgufModel {

    /** The directory or the file. */
    Path path();

    /** {@code config.json} as an ordered tree; for a GGUF file derived from its metadata. */
    ObjectNode config();

    /** The weights under their Hugging Face names. */
    TensorStore tensors();

    /** Every file that the model was read from or takes along: configuration, weights, tokenizer; sorted. */
    List<Path> sources() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * Opens what {@code model_name_or_path} names.
     *
     * @throws org.bayling.io.FileFormatException when a file breaks its format or holds something this program does not
     *     compute with
     * @throws IOException when it is missing or neither a directory nor a {@code .gguf} file
     */
    static ModelFiles open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return HfModelDir.open(path);
        }
        if (!Files.exists(path)) {
            throw new IOException(path + ": there is no such model directory or .gguf file");
        }
        if (path.getFileName().toString().endsWith(".gguf")) {
            return GgufModel.open(path);
        }
        throw new IOException(path + ": is neither a model directory (with " + HfModelDir.CONFIG + " and "
                + HfModelDir.WEIGHTS + ") nor a .gguf file");
    }
}

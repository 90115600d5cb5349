package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bayling.checkpoint.GgufFile;
import org.bayling.tokenizer.GgufTokenizer;
import org.bayling.tokenizer.Tokenizer;

/** Opens the tokenizer of whatever a person names: a model directory, a {@code tokenizer.json} or a GGUF file. */
final class ModelTokenizer {
    private ModelTokenizer() {}

    /**
     * @throws IOException when a GGUF file cannot be read
     * @throws org.bayling.tokenizer.TokenizerException when the tokenizer cannot be used
     */
    static Tokenizer open(Path path) throws IOException {
        if (Files.isRegularFile(path) && path.getFileName().toString().endsWith(".gguf")) {
            try (GgufFile file = GgufFile.open(path)) {
                return GgufTokenizer.from(file.metadata(), path.toString());
            }
        }
        return Tokenizer.load(path);
    }
}

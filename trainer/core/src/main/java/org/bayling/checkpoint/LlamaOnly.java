package org.bayling.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.bayling.io.UnsupportedFileException;

/** Refuses the model files of other architectures by name, before anything else is made of them. */
final class LlamaOnly {
    private static final String ARCHITECTURE = "LlamaForCausalLM";

    private LlamaOnly() {}

    /** {@code model_type} and {@code architectures} of a Hugging Face config must say Llama; either may be absent. */
    static void check(Path file, ObjectNode config) throws UnsupportedFileException {
        JsonNode modelType = config.path("model_type");
        JsonNode architectures = config.path("architectures");
        boolean typeFits = modelType.isMissingNode() || modelType.asText().equals("llama");
        boolean architectureFits = architectures.isMissingNode() || architectures.isNull();
        for (JsonNode architecture : architectures) {
            architectureFits |= architecture.asText().equals(ARCHITECTURE);
        }
        boolean oneIsThere = config.hasNonNull("model_type") || config.hasNonNull("architectures");
        if (!typeFits || !architectureFits || !oneIsThere) {
            throw new UnsupportedFileException(
                    file,
                    "architecture",
                    "model_type " + modelType + " and architectures " + architectures,
                    "model_type \"llama\" and architectures [\"" + ARCHITECTURE + "\"]");
        }
    }
}

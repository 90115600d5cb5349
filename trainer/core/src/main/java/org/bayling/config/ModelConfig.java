package org.bayling.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which weights are tuned.
 *
 * @param modelNameOrPath {@code model_name_or_path}: a Hugging Face model directory or a {@code .gguf} file
 * @param adapterNameOrPath {@code adapter_name_or_path}: a PEFT adapter directory to start from
 * @param trainFromScratch {@code train_from_scratch}: take only {@code config.json} and the tokenizer, draw the weights
 */
public record ModelConfig(Path modelNameOrPath, Optional<Path> adapterNameOrPath, boolean trainFromScratch) {}

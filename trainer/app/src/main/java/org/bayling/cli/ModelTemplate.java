package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bayling.config.ConfigException;
import org.bayling.config.ConfigLoader;
import org.bayling.data.DataException;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.ChatTemplate;
import org.bayling.tokenizer.chat.ChatTemplates;
import org.bayling.train.RunDirectory;
import org.bayling.train.SampleEncoders;

/** Finds the chat template that a model is talked to with. */
final class ModelTemplate {
    private ModelTemplate() {}

    /**
     * A template.
     *
     * @param name a built-in one or a Jinja file; empty takes the one that the run trained with, else the model's own
     * @param tokenizer of the model
     */
    static ChatTemplate of(Optional<String> name, ModelOptions.Places places, Tokenizer tokenizer) throws IOException {
        return name.isPresent() ? named(name.get()) : own(places, tokenizer);
    }

    private static ChatTemplate named(String name) throws IOException {
        if (Files.isRegularFile(Path.of(name))) {
            return SampleEncoders.templateFile(Path.of(name));
        }
        try {
            return ChatTemplates.builtIn(name);
        } catch (IllegalArgumentException problem) {
            throw new DataException(problem.getMessage() + "; or name a Jinja file", problem);
        }
    }

    private static ChatTemplate own(ModelOptions.Places places, Tokenizer tokenizer) throws IOException {
        Path config = places.adapter().orElse(places.base()).resolve(RunDirectory.CONFIG);
        if (Files.isRegularFile(config)) {
            try {
                return SampleEncoders.template(
                        ConfigLoader.load(config, List.of()).config().data(), tokenizer);
            } catch (ConfigException problem) {
                throw new DataException(problem.getMessage(), problem);
            }
        }
        return ChatTemplate.parse(savedTemplate(places)
                .or(tokenizer::chatTemplate)
                .orElseThrow(() -> new DataException(places.base() + ": the model has no chat template; name one with "
                        + "--template (" + String.join(", ", ChatTemplates.NAMES) + ", or a Jinja file)")));
    }

    /** The one that an adapter directory of another program holds beside the adapter. */
    private static Optional<String> savedTemplate(ModelOptions.Places places) {
        Optional<Path> saved = places.adapter().filter(path -> Files.exists(path.resolve(Tokenizer.TOKENIZER_JSON)));
        if (saved.isEmpty()) {
            return Optional.empty();
        }
        try (Tokenizer beside = Tokenizer.load(saved.get())) {
            return beside.chatTemplate();
        }
    }
}

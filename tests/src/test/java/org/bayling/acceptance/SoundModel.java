package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A tiny model with weights, made by one short run of the product, to be copied and spoilt.
 *
 * @param folder holds {@code model/} with config, weights and tokenizer, and {@code data.jsonl}
 */
record SoundModel(Path folder) {
    private static final List<String> MODEL_FILES =
            List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");

    /** Trains one. */
    static SoundModel train(Path folder) throws Exception {
        TinyRun.write(folder);
        BuiltProduct.Result result = Refusals.product(folder).run("train", "run.yaml", "max_steps=1");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        Files.copy(folder.resolve("out/step-1/model.safetensors"), folder.resolve("model/model.safetensors"));
        return new SoundModel(folder);
    }

    Path model() {
        return folder.resolve("model");
    }

    /** Copies the model, the data and a configuration that tunes it in full for two steps, saved each. */
    void copyTo(Path target) throws IOException {
        Files.createDirectories(target.resolve("model"));
        for (String file : MODEL_FILES) {
            Files.copy(model().resolve(file), target.resolve("model").resolve(file));
        }
        Files.copy(folder.resolve("data.jsonl"), target.resolve("data.jsonl"));
        try (Stream<String> lines = Files.lines(folder.resolve("run.yaml"))) {
            Files.write(target.resolve("run.yaml"), lines.filter(line -> !line.startsWith("train_from_scratch"))
                    .map(line -> line.replace("max_steps: 6", "max_steps: 2").replace("save_steps: 3", "save_steps: 1"))
                    .toList());
        }
    }
}

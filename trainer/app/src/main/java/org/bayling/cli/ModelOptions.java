package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.data.DataException;
import org.bayling.train.RunDirectory;
import picocli.CommandLine.Option;

/** What a command computes with: {@code --model} and {@code --adapter}. */
final class ModelOptions {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "PATH",
            description = {
                "A model directory or a .gguf file; also an adapter directory, whose base its adapter_config.json names,",
                "or the folder of a run, of which the best checkpoint counts, else the newest."
            })
    private Path model;

    @Option(names = "--adapter", paramLabel = "DIR", description = "A PEFT adapter directory or a run that made one.")
    private Optional<Path> adapter = Optional.empty();

    /**
     * Where the files are.
     *
     * @param base a model directory or GGUF file
     * @param adapter on top of it
     */
    record Places(Path base, Optional<Path> adapter) {}

    /** Follows runs to their checkpoints and adapters to their bases. */
    Places resolve() throws IOException {
        Path place = RunDirectory.result(model);
        if (!isAdapter(place)) {
            if (adapter.isEmpty()) {
                return new Places(place, Optional.empty());
            }
            return new Places(place, Optional.of(RunDirectory.result(adapter.get())));
        }
        if (adapter.isPresent()) {
            throw new DataException(model + ": is an adapter itself, so --adapter " + adapter.get() + " has no base; name the "
                    + "base with --model");
        }
        return new Places(baseOf(place), Optional.of(place));
    }

    private static boolean isAdapter(Path place) {
        return Files.exists(place.resolve(PeftAdapterDir.CONFIG)) && !Files.exists(place.resolve(HfModelDir.CONFIG));
    }

    private static Path baseOf(Path place) throws IOException {
        try (PeftAdapterDir opened = PeftAdapterDir.open(place)) {
            Path base = Path.of(opened.config()
                    .baseModelNameOrPath()
                    .orElseThrow(() -> new DataException(place + ": its " + PeftAdapterDir.CONFIG + " names no base model; give "
                            + "it with --model and this directory with --adapter")));
            if (!Files.exists(base)) {
                throw new DataException(place + ": its base model " + base + " is not here (relative paths count from the "
                        + "current directory); give it with --model and this directory with --adapter");
            }
            return base;
        }
    }
}

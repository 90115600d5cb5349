package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bayling.config.ConfigException;
import org.bayling.config.ConfigLoader;
import org.bayling.config.LoadedConfig;
import org.bayling.data.DataException;
import org.bayling.observe.Terminal;
import org.bayling.train.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code resume}: goes on with a run whose folder is there, and refuses to begin one. */
@Command(
        name = "resume",
        description = {
            "Go on with a run from its newest sound checkpoint, bit for bit as if it had not been stopped.",
            "Other than train, it fails where there is no checkpoint."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train resume checkpoints/my-run",
            "  bayling-train resume configs/lora.yaml"
        })
final class ResumeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder, or the YAML file that it began with.")
    private Path place;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Values that win over the configuration's, such as save_steps=50.")
    private List<String> overrides = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    ResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        LoadedConfig loaded = load();
        RunDirectory run = new RunDirectory(loaded.config().outputDir());
        if (run.checkpoints().isEmpty()) {
            throw new DataException(run.path() + ": holds no checkpoint to resume from; bayling-train train begins a run");
        }
        return TrainCommand.train(loaded, terminal, spec);
    }

    private LoadedConfig load() throws ConfigException, IOException {
        if (!Files.exists(place)) {
            throw new NoSuchFileException(place.toString());
        }
        if (!Files.isDirectory(place)) {
            return ConfigLoader.load(place, overrides);
        }
        Path config = place.resolve(RunDirectory.CONFIG);
        if (!Files.isRegularFile(config)) {
            throw new DataException(place + ": holds no " + RunDirectory.CONFIG + ", so it is not the folder of a run");
        }
        List<String> all = new ArrayList<>();
        // The folder may have been moved since.
        all.add("output_dir=" + place);
        all.add("resume_from_checkpoint=auto");
        all.addAll(overrides);
        return ConfigLoader.load(config, all);
    }
}

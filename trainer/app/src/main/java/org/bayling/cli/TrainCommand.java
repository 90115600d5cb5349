package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bayling.config.ConfigException;
import org.bayling.config.ConfigLoader;
import org.bayling.config.LoadedConfig;
import org.bayling.observe.RunEvent.Outcome;
import org.bayling.observe.Terminal;
import org.bayling.train.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code train}: one run from a YAML file; goes on where an earlier process of the same run stopped. */
@Command(
        name = "train",
        description = {
            "Train as a configuration says. A run that was stopped or killed goes on from its newest checkpoint.",
            "Progress goes to the standard error stream, the path of the result to the standard output.",
            "SIGTERM or Ctrl-C: the run stops after its step, saves and exits with 75; a second one ends it at once."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train train configs/lora.yaml",
            "  bayling-train train configs/lora.yaml learning_rate=1e-4 max_steps=100 output_dir=checkpoints/try"
        })
final class TrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = "The YAML file.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Values that win over the file's; a dotted path for nested keys: datasets.0.weight=2.")
    private List<String> overrides = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        return train(ConfigLoader.load(file, overrides), terminal, spec);
    }

    /** Trains and prints where the result is. */
    static int train(LoadedConfig loaded, Terminal terminal, CommandSpec spec) throws IOException {
        Outcome outcome = RunExecution.here(terminal).train(loaded);
        if (outcome == Outcome.DONE) {
            spec.commandLine().getOut().println(RunDirectory.result(loaded.config().outputDir()));
        }
        return RunExecution.exitCode(outcome);
    }
}

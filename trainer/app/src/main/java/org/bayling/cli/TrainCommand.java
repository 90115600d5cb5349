package org.bayling.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.bayling.config.ConfigException;
import org.bayling.config.LoadedConfig;
import org.bayling.observe.RunEvent.Outcome;
import org.bayling.observe.Terminal;
import org.bayling.train.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private RunArguments arguments;

    @Spec
    private CommandSpec spec;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        return train(arguments.load(List.of()), terminal, spec);
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

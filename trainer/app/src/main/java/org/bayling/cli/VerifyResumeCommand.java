package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.config.ConfigException;
import org.bayling.config.LoadedConfig;
import org.bayling.io.FileTree;
import org.bayling.observe.RunEvent.Outcome;
import org.bayling.observe.Terminal;
import org.bayling.observe.TextTable;
import org.bayling.train.RunComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verify-resume}: does a run that is stopped and resumed end as one that is not? Shown on the real thing. */
@Command(
        name = "verify-resume",
        description = {
            "Train a few steps with and without a stop, and compare both runs bit by bit.",
            "The stopped one is resumed in a new process. Weights, optimizer state, sample ids and logged losses are",
            "compared: your model, your data, this machine.",
            "Everything is written beside output_dir and removed again, unless there is a difference to look at."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train verify-resume configs/lora.yaml",
            "  bayling-train verify-resume configs/lora.yaml lora_dropout=0.1 --steps 20 --stop-at 7"
        })
final class VerifyResumeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private RunArguments arguments;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Optimizer steps of both runs, in place of max_steps. Default: ${DEFAULT-VALUE}.")
    private long steps = 6;

    @Option(names = "--stop-at", paramLabel = "K", description = "The step after which one stops. Default: half of N.")
    private Optional<Long> stopAt = Optional.empty();

    @Spec
    private CommandSpec spec;

    VerifyResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        long stop = stopAt.orElse(steps / 2);
        if (stop < 1 || stop >= steps) {
            throw new ParameterException(spec.commandLine(), "--stop-at: " + stop + " is not from 1 to " + (steps - 1)
                    + ", the steps before the last of --steps " + steps);
        }
        Path output = arguments.load(List.of()).config().outputDir().toAbsolutePath().normalize();
        Files.createDirectories(output.getParent());
        Path folder = Files.createTempDirectory(output.getParent(), output.getFileName() + ".verify-resume-");
        boolean keep = false;
        try {
            Optional<Integer> failed = runs(folder, stop);
            if (failed.isPresent()) {
                return failed.get();
            }
            List<RunComparison.Line> lines =
                    RunComparison.of(folder.resolve("whole"), folder.resolve("parts"), steps);
            boolean equal = print(lines, spec.commandLine().getOut(), steps, stop);
            keep = !equal;
            if (keep) {
                terminal.println("Both runs are kept in " + folder);
            }
            return equal ? ExitCodes.DONE : ExitCodes.FAILED;
        } finally {
            if (!keep) {
                FileTree.delete(folder);
            }
        }
    }

    /** Both runs. Returns the exit code where one did not come to its end. */
    private Optional<Integer> runs(Path folder, long stop) throws ConfigException, IOException {
        RunExecution execution = RunExecution.here(terminal);
        terminal.println("1/3 " + steps + " steps without a stop");
        Outcome outcome = execution.train(config(folder, "whole"));
        if (outcome != Outcome.DONE) {
            return Optional.of(RunExecution.exitCode(outcome));
        }
        terminal.println("2/3 stopped after step " + stop);
        outcome = execution.train(config(folder, "parts"), stop);
        if (outcome != Outcome.STOPPED) {
            return Optional.of(RunExecution.exitCode(outcome));
        }
        terminal.println("3/3 resumed in a new process");
        int exitCode = new ProgramProcess(List.of("resume", folder.resolve("parts").toString()), "").run();
        return exitCode == ExitCodes.DONE ? Optional.empty() : Optional.of(exitCode);
    }

    private LoadedConfig config(Path folder, String run) throws ConfigException {
        List<String> all = new ArrayList<>(List.of(
                "max_steps=" + steps,
                "output_dir=" + folder.resolve(run),
                "save_steps=0",
                "save_only_model=false",
                "load_best_model_at_end=false",
                "resume_from_checkpoint=auto",
                "report_to=none",
                "plot_loss=false"));
        LoadedConfig loaded = arguments.load(all);
        if (loaded.config().data().tokenizedPath().isPresent()) {
            return loaded;
        }
        all.add("tokenized_path=" + folder.resolve("tokens")); // once for both
        return arguments.load(all);
    }

    /** Prints what was compared. Returns true when all of it is equal. */
    static boolean print(List<RunComparison.Line> lines, PrintWriter out, long steps, long stop) {
        TextTable table = TextTable.of("compared", ">amount", "result");
        for (RunComparison.Line line : lines) {
            table.row(line.what(), line.amount(), line.difference().isEmpty() ? "equal" : "DIFFERENT");
        }
        out.print(table);
        Optional<RunComparison.Line> first =
                lines.stream().filter(line -> line.difference().isPresent()).findFirst();
        if (first.isEmpty()) {
            out.println("A run of " + steps + " steps that stops after step " + stop
                    + " and is resumed ends bit for bit as one that does not stop.");
            return true;
        }
        out.println("First difference, without and with the stop: " + first.get().what() + ": "
                + first.get().difference().orElseThrow());
        return false;
    }
}

package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.config.ConfigException;
import org.bayling.corpus.build.PlanTable;
import org.bayling.io.FileTree;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code corpus plan}: what a recipe comes to. */
@Command(
        name = "plan",
        description = {
            "Print the mixture of a recipe by group, task, direction and language.",
            "Sources are read and filtered, nothing of the corpus is written. With --output, what was read is kept for build",
            "to go on from."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train corpus plan configs/corpus/small.yaml",
            "  bayling-train corpus plan configs/corpus/small.yaml mixture.temperature=5"
        })
final class CorpusPlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CorpusArguments arguments;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder that build will be told: what was read is kept in DIR.building.")
    private Optional<Path> output = Optional.empty();

    @Spec
    private CommandSpec spec;

    CorpusPlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        if (output.isPresent()) {
            print(output.get());
            return ExitCodes.DONE;
        }
        Path folder = Files.createTempDirectory("bayling-plan-");
        try {
            print(folder.resolve("corpus"));
        } finally {
            FileTree.delete(folder);
        }
        return ExitCodes.DONE;
    }

    private void print(Path target) throws ConfigException, IOException {
        arguments.build(target, terminal, build -> spec.commandLine().getOut().print(PlanTable.of(build.plan())));
    }
}

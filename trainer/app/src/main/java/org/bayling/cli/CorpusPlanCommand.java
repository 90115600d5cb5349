package org.bayling.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.bayling.config.ConfigException;
import org.bayling.corpus.build.PlanTable;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code corpus plan}: what a recipe comes to. */
@Command(
        name = "plan",
        description = {
            "Print the mixture of a recipe by group, task, direction and language.",
            "Sources are read and filtered, nothing of the corpus is written; build then goes on from there."
        },
        footerHeading = "%nExample:%n",
        footer = "  bayling-train corpus plan configs/corpus/small.yaml --output checkpoints/corpus-small")
final class CorpusPlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CorpusArguments arguments;

    @Spec
    private CommandSpec spec;

    CorpusPlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        arguments.build(terminal, build -> spec.commandLine().getOut().print(PlanTable.of(build.plan())));
        return ExitCodes.DONE;
    }
}

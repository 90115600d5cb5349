package org.bayling.cli;

import org.bayling.observe.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code eval}: what a model can do, in numbers. */
@Command(
        name = "eval",
        description = "Evaluate a model or an adapter.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = "  bayling-train eval run configs/evaluation/quick.yaml --model checkpoints/quickstart")
final class EvalCommand {
    private EvalCommand() {}

    /** The verb with the verbs below it. */
    static CommandLine of(Terminal terminal) {
        return new CommandLine(new EvalCommand())
                .addSubcommand(new EvalRunCommand(terminal))
                .addSubcommand(new EvalChoiceCommand(terminal))
                .addSubcommand(new EvalTranslationCommand(terminal))
                .addSubcommand(new EvalPerplexityCommand(terminal));
    }
}

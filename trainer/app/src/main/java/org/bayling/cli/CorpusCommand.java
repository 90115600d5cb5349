package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bayling.corpus.NanoRecipe;
import org.bayling.observe.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code corpus}: instruction corpora, and data made by the program itself. */
@Command(
        name = "corpus",
        description = "Build training data.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = CorpusCommand.NanoBase.class,
        footerHeading = "%nExample:%n",
        footer = "  bayling-train corpus build configs/corpus/small.yaml --output checkpoints/corpus-small")
final class CorpusCommand {

    /** With all verbs below it. */
    static CommandLine of(Terminal terminal) {
        return new CommandLine(new CorpusCommand())
                .addSubcommand(new CorpusBuildCommand(terminal))
                .addSubcommand(new CorpusPlanCommand(terminal))
                .addSubcommand(new CorpusVerifyCommand())
                .addSubcommand(new CorpusSampleCommand())
                .addSubcommand(new CorpusReportCommand());
    }

    /** {@code corpus nano-base}: what {@code configs/nano-base.yaml} starts from. */
    @Command(
            name = "nano-base",
            description = "Write the nano base's text, tokenizer and config.json, from CLDR alone.",
            footerHeading = "%nExample:%n",
            footer = {
                "  bayling-train corpus nano-base --output checkpoints/nano-base-start",
                "  bayling-train train configs/nano-base.yaml"
            })
    static final class NanoBase implements Callable<Integer> {
        @Option(names = "--output", required = true, paramLabel = "DIR", description = "Folder to write to.")
        private Path output;

        @Option(
                names = "--documents",
                paramLabel = "N",
                description = "Documents of text; the shipped base has ${DEFAULT-VALUE}.")
        private long documents = NanoRecipe.DOCUMENTS;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            new NanoRecipe().writeBase(output, documents);
            spec.commandLine().getOut().println(output);
            return ExitCodes.DONE;
        }
    }
}

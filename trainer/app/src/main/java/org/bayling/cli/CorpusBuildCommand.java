package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bayling.config.ConfigException;
import org.bayling.corpus.build.PlanTable;
import org.bayling.data.CorpusManifest;
import org.bayling.observe.Figures;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code corpus build}: a recipe to a corpus. */
@Command(
        name = "build",
        description = {
            "Build an instruction corpus from a recipe, as shards that train reads.",
            "The sources are read and filtered, the mixture is printed, then samples are made, shuffled and written. A build",
            "that was stopped is taken up by the same command."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train corpus build configs/corpus/small.yaml --output checkpoints/corpus-small",
            "  bayling-train corpus build configs/corpus/small.yaml mixture.samples=5000 --output checkpoints/try"
        })
final class CorpusBuildCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CorpusArguments arguments;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder that will be the corpus.")
    private Path output;

    @Spec
    private CommandSpec spec;

    CorpusBuildCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        arguments.build(output, terminal, build -> {
            CorpusManifest manifest = build.run(plan -> {
                out.println(PlanTable.of(plan));
                out.flush();
            });
            out.println(Figures.counted(manifest.samples(), "sample") + " in "
                    + Figures.counted(manifest.shards().size(), "shard") + ": " + manifest.folder());
        });
        return ExitCodes.DONE;
    }
}

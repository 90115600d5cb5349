package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bayling.corpus.shard.CorpusVerification;
import org.bayling.data.CorpusManifest;
import org.bayling.observe.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corpus verify}: is every byte what was written? */
@Command(
        name = "verify",
        description = "Prove a corpus: every file by its checksum, every frame, and the counts of the manifest.",
        footerHeading = "%nExample:%n",
        footer = "  bayling-train corpus verify checkpoints/corpus-small")
final class CorpusVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The corpus.")
    private Path corpus;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CorpusManifest manifest = CorpusVerification.verify(corpus);
        spec.commandLine().getOut().println(corpus + ": " + Figures.counted(manifest.samples(), "sample") + " in "
                + Figures.counted(manifest.shards().size(), "shard") + ", all as the manifest says");
        return ExitCodes.DONE;
    }
}

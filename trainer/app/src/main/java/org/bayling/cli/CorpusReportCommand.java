package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bayling.corpus.report.CorpusReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corpus report}: a corpus in one page. */
@Command(
        name = "report",
        description = {
            "Write a corpus' report as one HTML page.",
            "It shows languages by tasks, shares planned and realised, lengths, what the filters removed, scripts, and",
            "samples to look at."
        },
        footerHeading = "%nExample:%n",
        footer = "  bayling-train corpus report checkpoints/corpus-small")
final class CorpusReportCommand implements Callable<Integer> {
    private static final String NAME = "report.html";

    @Parameters(paramLabel = "DIR", description = "The corpus.")
    private Path corpus;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to, default DIR/" + NAME + ".")
    private Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path page = output == null ? corpus.resolve(NAME) : output;
        CorpusReport.write(corpus, page);
        spec.commandLine().getOut().println(page);
        return ExitCodes.DONE;
    }
}

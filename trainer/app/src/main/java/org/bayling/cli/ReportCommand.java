package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bayling.data.DataException;
import org.bayling.train.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}: the page of a run, made again from its log. */
@Command(
        name = "report",
        description = "Write a run's report.html again from its log.jsonl, also while the run is under way.",
        footerHeading = "%nExample:%n",
        footer = "  bayling-train report checkpoints/my-run")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run's folder.")
    private Path run;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path log = run.resolve(RunDirectory.LOG);
        if (!Files.isRegularFile(log)) {
            throw new DataException(run + ": holds no " + RunDirectory.LOG + ", so there is nothing to report");
        }
        Path report = run.resolve(RunDirectory.REPORT);
        RunOutputs.report(run).write(log, report);
        spec.commandLine().getOut().println(report);
        return ExitCodes.DONE;
    }
}

package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bayling.data.DataException;
import org.bayling.evaluation.results.EvaluationFolder;
import org.bayling.observe.Terminal;
import org.bayling.train.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}: the page of a run, or of evaluations side by side. */
@Command(
        name = "report",
        description = {
            "Write the page of a run, or compare evaluations.",
            "A run's report.html is made again from its log.jsonl, also while the run is under way.",
            "Evaluations: tables by language, script, resource class and direction with 95 %% intervals, figures, and",
            "marks where a difference to the baseline is significant. The baseline is the first folder.",
            "Folders of one model that measure different things are one system."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train report checkpoints/my-run",
            "  bayling-train report evaluations/base evaluations/tuned --output evaluations/report",
            "  bayling-train report evaluations/base evaluations/tuned --must-not-lose en,zh --tolerance 0.5",
            "  bayling-train report evaluations/base evaluations/tuned --format csv > scores.csv"
        })
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "A run's folder, or folders of evaluations, the baseline first.")
    private List<Path> folders = new ArrayList<>();

    @Mixin
    private EvaluationReportOptions evaluations;

    @Spec
    private CommandSpec spec;

    private final Terminal terminal;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (folders.size() == 1 && !EvaluationFolder.isOne(folders.get(0)) && !evaluations.given()) {
            return run(folders.get(0));
        }
        return evaluations.report(folders, terminal, spec);
    }

    private int run(Path run) throws IOException {
        Path log = run.resolve(RunDirectory.LOG);
        if (!Files.isRegularFile(log)) {
            throw new DataException(run + ": holds no " + RunDirectory.LOG + " and no " + EvaluationFolder.RESULTS
                    + ", so there is nothing to report");
        }
        Path report = run.resolve(RunDirectory.REPORT);
        RunOutputs.report(run).write(log, report);
        spec.commandLine().getOut().println(report);
        return ExitCodes.DONE;
    }
}

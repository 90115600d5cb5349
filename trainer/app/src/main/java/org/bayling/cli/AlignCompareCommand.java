package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.evaluation.alignment.AlignmentComparison;
import org.bayling.evaluation.alignment.AlignmentJson;
import org.bayling.evaluation.alignment.AlignmentPage;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.FaultPoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code align compare}: two results side by side. */
@Command(
        name = "compare",
        description = "Compare two results of align, before and after training or of two models.",
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train align compare evaluations/alignment-base evaluations/alignment-my-run \\",
            "    --output evaluations/base-and-my-run"
        })
final class AlignCompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "A result's folder.")
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "Another one, of the same data and options.")
    private Path after;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Write comparison.csv and report.html there, into a new folder.")
    private Optional<Path> output = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        AlignmentComparison comparison =
                AlignmentComparison.of(AlignmentJson.read(before), AlignmentJson.read(after));
        if (output.isPresent()) {
            try (AtomicDirectory directory = AtomicDirectory.create(output.get(), FaultPoint.NONE)) {
                directory.write("comparison.csv", comparison.csv());
                directory.write("report.html", AlignmentPage.of(comparison));
                directory.publish();
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Means over the languages, each in its best layer:");
        comparison.models().forEach(out::println);
        out.println();
        String layer = comparison.before().study().layers().get(comparison.before().bestLayer());
        out.println("Languages in " + layer + ", before and what was gained:");
        comparison.languages().forEach(out::println);
        output.ifPresent(folder -> out.println("\n" + folder));
        return ExitCodes.DONE;
    }
}

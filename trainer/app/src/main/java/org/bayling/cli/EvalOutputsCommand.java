package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.evaluation.results.EvaluationFolder;
import org.bayling.evaluation.translate.SystemOutputs;
import org.bayling.evaluation.translate.TranslationTable;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eval outputs}: the outputs of a published system in the place of a model's. */
@Command(
        name = "outputs",
        description = {
            "Score the outputs of a published system, which come with a test set of WMT, as eval translation does.",
            "The results can be laid beside a model's with the verb report."
        },
        footerHeading = "%nExample:%n",
        footer = "  bayling-train eval outputs --data wmt22-systems/txt --system Online-A --directions en-zh,zh-en")
final class EvalOutputsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private TestSetOptions testSet;

    @Mixin
    private ScoringOptions scoring;

    @Option(
            names = "--system",
            required = true,
            paramLabel = "NAME",
            description = "As it stands in the files' names: Online-A of wmt22.en-zh.hyp.Online-A.zh.")
    private String system;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Folder of the results; default one of its own for each system in evaluations/.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default) or csv.")
    private Format format;

    @Spec
    private CommandSpec spec;

    /** How results are printed. */
    enum Format {
        text,
        csv
    }

    EvalOutputsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        SystemOutputs.Outcome outcome;
        try (ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            outcome = outputs().run(new TestSetLanguages(), progress);
        }
        Path folder = output.orElseGet(() -> Path.of("evaluations", testSet.name() + "-" + system));
        EvaluationFolder.write(
                folder, outcome.results(), outcome.translations().items().iterator());
        terminal.println("results are kept in " + folder);
        PrintWriter out = spec.commandLine().getOut();
        (format == Format.text
                        ? TranslationTable.text(outcome.translations())
                        : TranslationTable.csv(outcome.translations()))
                .forEach(out::println);
        return ExitCodes.DONE;
    }

    private SystemOutputs outputs() throws IOException {
        try {
            return new SystemOutputs(testSet.name(), testSet.choice(), system, scoring.choice());
        } catch (IllegalArgumentException problem) {
            throw new ParameterException(spec.commandLine(), problem.getMessage(), problem);
        }
    }
}

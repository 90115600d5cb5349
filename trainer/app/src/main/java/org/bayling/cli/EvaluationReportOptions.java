package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.evaluation.alignment.AlignmentJson;
import org.bayling.evaluation.alignment.AlignmentResult;
import org.bayling.evaluation.report.EvaluatedSystem;
import org.bayling.evaluation.report.EvaluationPage;
import org.bayling.evaluation.report.EvaluationReport;
import org.bayling.evaluation.report.LayerCurves;
import org.bayling.evaluation.report.RegressionGuard;
import org.bayling.evaluation.report.ReportText;
import org.bayling.evaluation.report.TokensPerWord;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Terminal;
import org.bayling.tokenizer.Tokenizer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Reports over folders of evaluations: what is compared, in which format, and what must not have become worse. */
final class EvaluationReportOptions {
    private static final String NAME = "report.";

    /** A format is also the ending of its file. */
    enum Format {
        html,
        md,
        csv,
        json
    }

    @Option(names = "--baseline", paramLabel = "DIR", description = "The evaluation to compare with; default the first.")
    private Optional<Path> baseline = Optional.empty();

    @Option(
            names = "--names",
            split = ",",
            paramLabel = "NAME",
            description = "What the systems are called, the baseline first; default made of models and folders.")
    private List<String> names = List.of();

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = {
                "A file ending in .html, .md, .csv or .json, or a folder for all four. Default report.html in the last",
                "folder; with --format alone, the output of the command."
            })
    private Optional<Path> output = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT", description = "html, md, csv or json alone.")
    private Optional<Format> format = Optional.empty();

    @Option(
            names = "--tokenizer",
            paramLabel = "PATH",
            description = "A model's folder: plot its tokens per word, counted on the references, against scores.")
    private Optional<Path> tokenizer = Optional.empty();

    @Option(
            names = "--alignment",
            paramLabel = "DIR",
            description = "What 'bayling-train align' wrote: show its curves over the layers. May be repeated.")
    private List<Path> alignments = List.of();

    @Option(
            names = "--must-not-lose",
            split = ",",
            paramLabel = "LANGUAGE",
            description = {
                "Exit with 1 when a score of these languages, alone or as a side of a direction, is worse than the",
                "baseline's by more than --tolerance. A language without a score exits with 10."
            })
    private List<String> guarded = List.of();

    @Option(
            names = "--tolerance",
            paramLabel = "POINTS",
            description = "Points that a guarded score may be worse by: percent of accuracies; default 0.5.")
    private Optional<Double> tolerance = Optional.empty();

    /** Whether an option of evaluations was named. */
    boolean given() {
        return baseline.isPresent()
                || output.isPresent()
                || format.isPresent()
                || tokenizer.isPresent()
                || !names.isEmpty()
                || !alignments.isEmpty()
                || !guarded.isEmpty()
                || tolerance.isPresent();
    }

    /** Reports; the exit code tells whether the guard, if there is one, is content. */
    int report(List<Path> folders, Terminal terminal, CommandSpec spec) throws IOException {
        LanguageRegistry registry = new LanguageRegistry();
        check(registry, spec);
        List<EvaluatedSystem> systems = EvaluatedSystem.read(ordered(folders), names);
        EvaluationReport report;
        try (ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            report = EvaluationReport.of(systems, registry, progress);
        }
        Optional<RegressionGuard> guard = guarded.isEmpty()
                ? Optional.empty()
                : Optional.of(RegressionGuard.check(report, guarded, tolerance.orElse(0.5), registry));
        PrintWriter out = spec.commandLine().getOut();
        if (format.isPresent() && output.isEmpty()) {
            out.print(text(format.get(), report, guard, systems, registry));
            out.flush();
            guard.ifPresent(result -> printTo(spec.commandLine().getErr(), result));
        } else {
            for (Map.Entry<Path, Format> file : files(folders).entrySet()) {
                String text = text(file.getValue(), report, guard, systems, registry);
                AtomicFile.write(file.getKey(), text, FaultPoint.NONE);
                out.println(file.getKey());
            }
            guard.ifPresent(result -> printTo(out, result));
        }
        return guard.isEmpty() || guard.get().passed() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void check(LanguageRegistry registry, CommandSpec spec) {
        if (tolerance.isPresent() && guarded.isEmpty()) {
            throw wrong(spec, "--tolerance is for --must-not-lose");
        }
        if (tolerance.isPresent() && !(tolerance.get() >= 0 && Double.isFinite(tolerance.get()))) {
            throw wrong(spec, "--tolerance " + tolerance.get() + ": must be 0 or more points");
        }
        for (String language : guarded) {
            if (registry.find(language).isEmpty()) {
                throw wrong(spec, "--must-not-lose '" + language
                        + "' is no language; write a code or a name, such as zh, zho_Hans or Chinese");
            }
        }
    }

    private static ParameterException wrong(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The baseline first. */
    private List<Path> ordered(List<Path> folders) {
        List<Path> ordered = new ArrayList<>();
        baseline.ifPresent(ordered::add);
        for (Path folder : folders) {
            if (baseline.isEmpty() || !place(folder).equals(place(baseline.get()))) {
                ordered.add(folder);
            }
        }
        return ordered;
    }

    private static Path place(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private Map<Path, Format> files(List<Path> folders) {
        Path target = output.orElseGet(() -> folders.get(folders.size() - 1).resolve(NAME + Format.html));
        for (Format ending : Format.values()) {
            String file = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
            if (file.endsWith("." + ending) && !Files.isDirectory(target)) {
                return Map.of(target, format.orElse(ending));
            }
        }
        Map<Path, Format> files = new LinkedHashMap<>();
        for (Format each : format.map(List::of).orElse(List.of(Format.values()))) {
            files.put(target.resolve(NAME + each), each);
        }
        return files;
    }

    private String text(
            Format of,
            EvaluationReport report,
            Optional<RegressionGuard> guard,
            List<EvaluatedSystem> systems,
            LanguageRegistry registry)
            throws IOException {
        ReportText texts = new ReportText(report, guard);
        return switch (of) {
            case html -> new EvaluationPage(report, guard, fertility(systems, registry), curves()).html();
            case md -> texts.markdown();
            case csv -> texts.csv();
            case json -> texts.json();
        };
    }

    private Map<String, Double> fertility(List<EvaluatedSystem> systems, LanguageRegistry registry) throws IOException {
        if (tokenizer.isEmpty()) {
            return Map.of();
        }
        try (Tokenizer opened = ModelTokenizer.open(tokenizer.get())) {
            return TokensPerWord.of(systems.get(systems.size() - 1), opened, registry);
        }
    }

    private List<String> curves() throws IOException {
        List<AlignmentResult> read = new ArrayList<>();
        for (Path alignment : alignments) {
            read.add(AlignmentJson.read(alignment));
        }
        return read.isEmpty() ? List.of() : List.of(LayerCurves.html(read));
    }

    private static void printTo(PrintWriter out, RegressionGuard guard) {
        out.println("guard " + (guard.passed() ? "passed: " : "failed: ") + guard.verdict());
        guard.lines().forEach(out::println);
        out.flush();
    }
}

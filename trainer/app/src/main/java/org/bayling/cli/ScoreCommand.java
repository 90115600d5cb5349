package org.bayling.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.bayling.evaluation.language.LanguageIdentifier;
import org.bayling.evaluation.scoring.CorpusScoring;
import org.bayling.evaluation.scoring.ScoreJson;
import org.bayling.evaluation.scoring.ScoreReport;
import org.bayling.evaluation.scoring.ScoreReport.ScoredMetric;
import org.bayling.evaluation.scoring.ScoreText;
import org.bayling.evaluation.significance.ApproximateRandomization;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.evaluation.translation.SegmentTable;
import org.bayling.evaluation.translation.SignatureContext;
import org.bayling.evaluation.translation.TranslationMetric;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code score}: translations against references, with sacreBLEU's numbers. */
@Command(
        name = "score",
        description = {
            "Score translations against references: BLEU, chrF, chrF++ and TER, number for number as sacreBLEU.",
            "Files hold a segment a line, plain, gzip or zstd. Several --hyp are set side by side."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train score --hyp out.de --ref wmt.de --metrics bleu,chrf++,ter --lang-pair en-de",
            "  bayling-train score --hyp a.zh --hyp b.zh --ref r.zh --tokenize zh --significance bs --baseline old.zh"
        })
final class ScoreCommand implements Callable<Integer> {
    private static final int BOOTSTRAP_SAMPLES = 1000;
    private static final int RANDOMIZATION_TRIALS = 10000;

    /** Paired tests by sacreBLEU's names. */
    enum Significance {
        bs,
        ar
    }

    /** How results are printed. */
    enum Format {
        text,
        json
    }

    private final Terminal terminal;

    @Option(names = "--hyp", required = true, paramLabel = "FILE", description = "A system's outputs; repeatable.")
    private List<Path> hypotheses;

    @Option(names = "--ref", required = true, paramLabel = "FILE", description = "References; repeatable.")
    private List<Path> references;

    @Option(names = "--src", paramLabel = "FILE", description = "The source, to count outputs that only copy it.")
    private Optional<Path> source = Optional.empty();

    @Option(
            names = {"-l", "--lang-pair"},
            paramLabel = "XX-YY",
            description = "Source and target language; the target chooses BLEU's tokenizer.")
    private Optional<String> languagePair = Optional.empty();

    @Option(
            names = "--check-language",
            description = "Count the outputs that are in the language of --lang-pair; takes time and memory.")
    private boolean checkLanguage;

    @Mixin
    private MetricOptions metricOptions;

    @Option(
            names = {"--sentence-level", "-sl"},
            description = "A score for each segment.")
    private boolean sentenceLevel;

    @Option(
            names = {"--confidence", "-ci"},
            description = "95 %% confidence intervals by bootstrap resampling.")
    private boolean confidence;

    @Option(
            names = "--significance",
            paramLabel = "TEST",
            description = {
                "Compare each system with the baseline: bs, paired bootstrap,",
                "or ar, approximate randomization."
            })
    private Optional<Significance> significance = Optional.empty();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "The baseline's outputs; of several --hyp the first where it is left out.")
    private Optional<Path> baseline = Optional.empty();

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Resamples or trials; default " + BOOTSTRAP_SAMPLES + " for bs and --confidence, "
                    + RANDOMIZATION_TRIALS + " for ar.")
    private Optional<Integer> trials = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "12345",
            description = "Of the random numbers of tests; default ${DEFAULT-VALUE}, as in sacreBLEU.")
    private long seed;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default) or json.")
    private Format format;

    @Option(
            names = {"-w", "--width"},
            paramLabel = "N",
            description = "Decimals of scores; default 1 in text, all there are in json.")
    private Optional<Integer> width = Optional.empty();

    @Option(
            names = {"-b", "--score-only"},
            description = "In text, print only the numbers.")
    private boolean scoreOnly;

    @Option(
            names = {"-sh", "--short"},
            description = "In text, print shorter signatures.")
    private boolean shortSignatures;

    @Spec
    private CommandSpec spec;

    ScoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Optional<String> language = targetLanguage();
        check();
        ScoreReport.Test test = test();
        List<TranslationMetric> metrics = metricOptions.metrics(language, spec);
        CorpusScoring scoring =
                new CorpusScoring(systems(), references, source, metrics, identifier(language), keepsSegments(test));
        List<CorpusScoring.SystemResult> results;
        try (ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            results = scoring.run(Runtime.getRuntime().availableProcessors(), progress);
        }
        ScoreReport report = ScoreReport.of(scoring, results, test, Version.program());
        if (sentenceLevel) {
            printSentences(results.get(0).tables(), report);
        } else {
            print(report);
        }
        return ExitCodes.DONE;
    }

    /** Refuses what does not go together. */
    private void check() {
        refuse(baseline.isPresent() && significance.isEmpty(), "--baseline is for --significance bs or ar");
        refuse(
                significance.isPresent() && baseline.isEmpty() && hypotheses.size() < 2,
                "--significance compares systems: name the other one with --baseline FILE or a second --hyp");
        refuse(
                significance.isPresent() && confidence,
                "--confidence and --significance exclude each other; bs tells confidence intervals too");
        refuse(
                sentenceLevel && (hypotheses.size() > 1 || confidence || significance.isPresent()),
                "--sentence-level is for one --hyp, without --confidence and --significance");
        refuse(checkLanguage && languagePair.isEmpty(), "--check-language needs --lang-pair");
        refuse(width.isPresent() && (width.get() < 0 || width.get() > 15), "--width must be from 0 to 15");
        refuse(trials.isPresent() && trials.get() < 1, "--trials must be 1 or more");
        refuse(seed < 0, "--seed must not be negative");
    }

    private void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private Optional<String> targetLanguage() {
        languagePair.ifPresent(pair -> refuse(
                !pair.matches("[A-Za-z]{2,3}(_[A-Za-z]+)?-[A-Za-z]{2,3}(_[A-Za-z]+)?"),
                "--lang-pair " + pair + ": is no pair of language codes such as en-de"));
        return languagePair.map(pair -> pair.substring(pair.indexOf('-') + 1));
    }

    private Optional<LanguageIdentifier> identifier(Optional<String> language) {
        return checkLanguage ? language.map(LanguageIdentifier::of) : Optional.empty();
    }

    /** The baseline first, where there is one. */
    private List<Path> systems() {
        List<Path> systems = new ArrayList<>();
        baseline.ifPresent(systems::add);
        for (Path file : hypotheses) {
            if (!baseline.equals(Optional.of(file))) {
                systems.add(file);
            }
        }
        refuse(significance.isPresent() && systems.size() < 2, "--baseline and --hyp are the same file");
        return systems;
    }

    private ScoreReport.Test test() {
        if (confidence) {
            return new ScoreReport.Test.Confidence(new Bootstrap(trials.orElse(BOOTSTRAP_SAMPLES), seed));
        }
        if (significance.isEmpty()) {
            return new ScoreReport.Test.None();
        }
        return significance.get() == Significance.bs
                ? new ScoreReport.Test.Paired(new Bootstrap(trials.orElse(BOOTSTRAP_SAMPLES), seed))
                : new ScoreReport.Test.Randomized(
                        new ApproximateRandomization(trials.orElse(RANDOMIZATION_TRIALS), seed));
    }

    private boolean keepsSegments(ScoreReport.Test test) {
        return sentenceLevel || !(test instanceof ScoreReport.Test.None);
    }

    private ScoreJson json() {
        return new ScoreJson(width.isPresent() ? OptionalInt.of(width.get()) : OptionalInt.empty());
    }

    private ScoreText text() {
        return new ScoreText(width.orElse(1), shortSignatures, scoreOnly);
    }

    private void print(ScoreReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.json) {
            out.println(pretty(json().of(report)));
        } else {
            text().lines(report).forEach(out::println);
        }
    }

    /** In JSON beside the scores of the text; as text a line for each segment, metrics side by side. */
    private void printSentences(List<SegmentTable> tables, ScoreReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<ScoredMetric> metrics = report.systems().get(0).metrics();
        if (format == Format.json) {
            ScoreJson json = json();
            ObjectNode root = json.of(report);
            for (int m = 0; m < metrics.size(); m++) {
                TranslationMetric metric = metrics.get(m).metric();
                ObjectNode score = (ObjectNode) root.get("scores").get(metric.key());
                score.put(
                        "sentence_signature",
                        metric.forSentences().signature(metrics.get(m).context()));
                ArrayNode sentences = score.putArray("sentences");
                for (int i = 0; i < tables.get(m).rows(); i++) {
                    sentences.add(json.rounded(
                            metric.forSentences().score(tables.get(m).row(i)).score()));
                }
            }
            out.println(pretty(root));
            return;
        }
        for (int i = 0; i < tables.get(0).rows(); i++) {
            List<String> cells = new ArrayList<>();
            for (int m = 0; m < metrics.size(); m++) {
                cells.add(text().sentence(sentence(metrics.get(m), tables.get(m).row(i))));
            }
            out.println(String.join("\t", cells));
        }
    }

    private static ScoredMetric sentence(ScoredMetric scored, double[] statistics) {
        TranslationMetric metric = scored.metric().forSentences();
        SignatureContext context = scored.context();
        return new ScoredMetric(metric, metric.score(statistics), context, Optional.empty(), OptionalDouble.empty());
    }

    private static String pretty(ObjectNode node) throws IOException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }
}

package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.evaluation.fewshot.FewShot;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.evaluation.suite.EvaluationSuite;
import org.bayling.evaluation.suite.TranslationPart;
import org.bayling.evaluation.translate.DirectionChoice;
import org.bayling.evaluation.translate.MetricChoice;
import org.bayling.evaluation.translate.OutputCleaning;
import org.bayling.evaluation.translate.TestSetFiles;
import org.bayling.evaluation.translate.TranslationPrompt;
import org.bayling.evaluation.translate.TranslationTask;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eval translation}: a test set, translated and scored. */
@Command(
        name = "translation",
        description = {
            "Translate a test set (FLORES, WMT, pairs of files, rows) and score it as sacreBLEU does.",
            "Answers are kept as they end: the same command again goes on where it was stopped.",
            "Decoding is BayLing's unless something else is said: 5 beams, 1024 new tokens at most."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train eval translation --model checkpoints/my-run --data flores200_dataset --pivots en,zh",
            "  bayling-train eval translation --model m.gguf --data wmt22 --directions en-zh,zh-en --metrics bleu,ter"
        })
final class EvalTranslationCommand implements Callable<Integer> {
    /** How examples are chosen. */
    enum Sampler {
        first_n,
        random
    }

    /** The language of languages' names. */
    enum Names {
        en,
        zh
    }

    private final Terminal terminal;

    @Mixin
    private EvaluationOptions options;

    @Mixin
    private GenerationOptions generation;

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = {
                "A folder of FLORES, of WMT or of pairs of files; or rows (.jsonl, .tsv, ...) with src_lang, tgt_lang, src",
                "and tgt, or with texts under codes of languages. Plain, .gz or .zst."
            })
    private List<Path> data;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the scores; default the last part of --data.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "devtest",
            description = "Of FLORES; default ${DEFAULT-VALUE}.")
    private String split;

    @Option(names = "--test-set", paramLabel = "NAME", description = "Of WMT, where the folder has several.")
    private Optional<String> testSet = Optional.empty();

    @Option(
            names = "--references",
            split = ",",
            paramLabel = "LABEL",
            description = "References of WMT, separated by commas; default A, else the first by name.")
    private List<String> references = List.of();

    @Option(
            names = "--directions",
            split = ",",
            paramLabel = "XX-YY",
            description = "en-zh or eng_Latn-zho_Hans, separated by commas; default all where there are few.")
    private List<String> directions = List.of();

    @Option(
            names = "--pivots",
            split = ",",
            paramLabel = "CODE",
            description = "All directions from and to these languages: en,zh.")
    private List<String> pivots = List.of();

    @Option(names = "--all", description = "All directions, however many there are.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N segments of each direction.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--prompt",
            paramLabel = "NAME|TEXT",
            defaultValue = "bayling-en",
            description = {
                "bayling-en (default) or bayling-zh, BayLing's own; completion, for models that only continue text; or a",
                "text with {src}, {src_lang} and {tgt_lang} in it, in which \\n is a line feed."
            })
    private String prompt;

    @Option(
            names = "--language-names",
            paramLabel = "CODE",
            defaultValue = "en",
            description = "Language of {src_lang} and {tgt_lang} in a text of one's own: en (default) or zh.")
    private Names names;

    @Option(names = "--no-chat", description = "Continue a text of one's own as it stands, without a chat template.")
    private boolean noChat;

    @Option(
            names = "--num-fewshot",
            paramLabel = "N",
            defaultValue = "0",
            description = "Translated segments in front of each; default ${DEFAULT-VALUE}.")
    private int shots;

    @Option(
            names = "--fewshot-sampler",
            paramLabel = "HOW",
            defaultValue = "first_n",
            description = "Which ones: first_n (default), or random as Python's Random(seed).sample.")
    private Sampler sampler;

    @Option(
            names = "--fewshot-seed",
            paramLabel = "N",
            defaultValue = "" + FewShot.SEED,
            description = "Of the random choice; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--fewshot-data",
            paramLabel = "PATH",
            description = "Where they are taken from; default FLORES's dev, of other test sets the test set itself.")
    private List<Path> shotsData = List.of();

    @Option(names = "--first-line", description = "Of each answer only the first line; default all, joined by spaces.")
    private boolean firstLine;

    @Option(
            names = {"-m", "--metrics"},
            split = ",",
            paramLabel = "NAME",
            description = "bleu, spbleu, chrf, chrf++, ter, separated by commas; default bleu,chrf++.")
    private List<String> metrics = List.of();

    @Option(
            names = {"--tokenize", "-tok"},
            paramLabel = "NAME",
            description = {
                "BLEU's tokenizer: 13a, zh, intl, char, none.",
                "Default zh for Chinese, char for Japanese and Korean, else 13a."
            })
    private Optional<String> tokenize = Optional.empty();

    @Option(names = "--spm-model", paramLabel = "FILE", description = "The SentencePiece model of spbleu.")
    private Optional<Path> spmModel = Optional.empty();

    @Option(
            names = "--spm-name",
            paramLabel = "NAME",
            defaultValue = MetricChoice.SPM_NAME,
            description = "Its name in signatures: flores101, flores200 (default), spBLEU-1K.")
    private String spmName;

    @Option(names = "--no-confidence", description = "Leave confidence intervals out.")
    private boolean noConfidence;

    @Option(names = "--no-language-check", description = "Do not look at which language outputs are in.")
    private boolean noLanguageCheck;

    @Spec
    private CommandSpec spec;

    EvalTranslationCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        TranslationPart part = new TranslationPart(task(), new TestSetLanguages());
        options.run(EvaluationSuite.of(part), terminal, spec.commandLine().getOut());
        return ExitCodes.DONE;
    }

    private TranslationTask task() throws IOException {
        if (shots == 0 && !shotsData.isEmpty()) {
            throw wrong("--fewshot-data is for --num-fewshot");
        }
        if (shots < 0) {
            throw wrong("--num-fewshot must not be negative");
        }
        TestSetFiles files = new TestSetFiles(data, split, testSet, references);
        FewShot.Order order = sampler == Sampler.first_n ? FewShot.Order.FIRST_N : FewShot.Order.RANDOM;
        try {
            TranslationPrompt asked = prompt();
            return new TranslationTask(
                    name.orElseGet(this::defaultName),
                    files,
                    new DirectionChoice(directions, pivots, all),
                    limit.orElse(Integer.MAX_VALUE),
                    new FewShot(shots, order, seed),
                    shotsData.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new TestSetFiles(shotsData, "dev", Optional.empty(), List.of())),
                    asked,
                    generation.over(asked.decoding(), spec),
                    new OutputCleaning(firstLine),
                    new MetricChoice(
                            metrics.isEmpty() ? MetricChoice.defaults(spmModel.isPresent()) : metrics,
                            tokenize,
                            spmModel,
                            spmName),
                    noConfidence ? Optional.empty() : Optional.of(Bootstrap.STANDARD),
                    !noLanguageCheck,
                    Version.program());
        } catch (IllegalArgumentException problem) {
            throw wrong(problem.getMessage());
        }
    }

    private TranslationPrompt prompt() {
        return TranslationPrompt.of(
                prompt.replace("\\n", "\n"),
                names == Names.zh ? TranslationPrompt.Names.ZH : TranslationPrompt.Names.EN,
                !noChat);
    }

    private String defaultName() {
        Path last = data.get(0).toAbsolutePath().normalize().getFileName();
        return last == null ? "translation" : last.toString().replaceAll("\\.(jsonl|ndjson|json|csv|tsv|parquet|gz|zst)\\b.*", "");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

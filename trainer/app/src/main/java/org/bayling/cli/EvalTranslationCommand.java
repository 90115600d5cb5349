package org.bayling.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.evaluation.fewshot.FewShot;
import org.bayling.evaluation.suite.EvaluationSuite;
import org.bayling.evaluation.suite.TranslationPart;
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

    @Mixin
    private SearchOptions search;

    @Mixin
    private TestSetOptions testSet;

    @Mixin
    private ScoringOptions scoring;

    @Option(
            names = "--prompt",
            paramLabel = "NAME|TEXT",
            defaultValue = "bayling-en",
            description = {
                "bayling-en (default) or bayling-zh, BayLing's own; completion, for models that only continue text; or",
                "a text with {src}, {src_lang} and {tgt_lang} in it, in which \\n is a line feed."
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

    @Mixin
    private FewShotOptions examples;

    @Option(names = "--first-line", description = "Of each answer only the first line; default all, joined by spaces.")
    private boolean firstLine;

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
        FewShot shots = examples.choice(FewShot.Order.FIRST_N, spec);
        try {
            TranslationPrompt asked = prompt();
            return new TranslationTask(
                    testSet.name(),
                    testSet.choice(),
                    shots,
                    examples.data().isEmpty()
                            ? Optional.empty()
                            : Optional.of(new TestSetFiles(examples.data(), "dev", Optional.empty(), List.of())),
                    asked,
                    search.over(generation.over(asked.decoding(), spec), spec),
                    new OutputCleaning(firstLine),
                    scoring.choice());
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

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

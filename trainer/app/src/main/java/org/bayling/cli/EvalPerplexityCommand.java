package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.bayling.evaluation.perplexity.TextDocuments;
import org.bayling.evaluation.suite.EvaluationSuite;
import org.bayling.evaluation.suite.PerplexityPart;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eval perplexity}: how well raw text is predicted. */
@Command(
        name = "perplexity",
        description = {
            "Predict raw text of each language: perplexity of words and bytes, bits per byte.",
            "Windows and counts are those of lm-evaluation-harness.",
            "Scores are kept as they are computed: the same command again goes on where it was stopped."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train eval perplexity --model checkpoints/my-run --data news.en.txt news.zh.txt",
            "  bayling-train eval perplexity --model m.gguf --data declarations.jsonl --text-field sections \\",
            "      --language-field bcp47 --languages de,zh-Hans --max-length 1024"
        })
final class EvalPerplexityCommand implements Callable<Integer> {

    /** What is a document in plain text. */
    enum Documents {
        file,
        line
    }

    private final Terminal terminal;

    @Mixin
    private EvaluationOptions options;

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = {
                "Plain text (.txt), or rows (.jsonl, .json, .csv, .tsv, .parquet) of a text and its language; files,",
                "folders, globs; plain, .gz or .zst. Where rows don't tell the language names do: news.zh.txt,",
                "zh/news.txt."
            })
    private List<Path> data;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "perplexity",
            description = "Of the results; default ${DEFAULT-VALUE}.")
    private String name;

    @Option(
            names = "--documents",
            paramLabel = "WHAT",
            defaultValue = "file",
            description = "What is a document in plain text: file (default) or line.")
    private Documents documents;

    @Option(
            names = "--text-field",
            paramLabel = "NAME",
            defaultValue = "text",
            description = "Field of rows that holds the text, or a list of texts; default ${DEFAULT-VALUE}.")
    private String textField;

    @Option(
            names = "--language-field",
            paramLabel = "NAME",
            defaultValue = "language",
            description = "Field of rows that names the language; default ${DEFAULT-VALUE}.")
    private String languageField;

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "CODE",
            description = "Languages to predict, separated by commas; default all that the data have.")
    private List<String> languages = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N documents of each language.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description = "Tokens of a window; default what the model can read.")
    private Optional<Integer> maxLength = Optional.empty();

    @Spec
    private CommandSpec spec;

    EvalPerplexityCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        atLeastOne("--limit", limit);
        atLeastOne("--max-length", maxLength);
        TextDocuments reading = new TextDocuments(
                textField, languageField, documents == Documents.line, limit.orElse(Integer.MAX_VALUE));
        OptionalInt length = maxLength.isPresent() ? OptionalInt.of(maxLength.get()) : OptionalInt.empty();
        PerplexityPart part = new PerplexityPart(name, data, reading, languages, length);
        options.run(EvaluationSuite.of(part), terminal, spec.commandLine().getOut());
        return ExitCodes.DONE;
    }

    private void atLeastOne(String option, Optional<Integer> value) {
        if (value.isPresent() && value.get() < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be 1 or more");
        }
    }
}

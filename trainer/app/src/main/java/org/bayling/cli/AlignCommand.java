package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bayling.evaluation.alignment.AlignmentJson;
import org.bayling.evaluation.alignment.AlignmentPage;
import org.bayling.evaluation.alignment.AlignmentResult;
import org.bayling.evaluation.alignment.AlignmentTable;
import org.bayling.evaluation.alignment.ParallelSentences;
import org.bayling.evaluation.alignment.Pooling;
import org.bayling.evaluation.alignment.SentenceStates;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileTree;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader.Trained;
import org.bayling.model.ModelPrecision;
import org.bayling.numeric.DType;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Terminal;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.ProductSpeed;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.train.HiddenStates;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code align}: how near the languages are to each other inside a model. */
@Command(
        name = "align",
        description = {
            "See how near languages are to each other inside a model, layer by layer.",
            "Translations go through the model; their states are compared with those of the pivots: CKA, margin of the",
            "cosine of translations over that of others, and how often the nearest sentence is the translation (P@1).",
            "The result is a folder with alignment.json, alignment.csv and report.html."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train align --model checkpoints/my-run --data ../data/flores200/dev --limit 200",
            "  bayling-train align --model m.gguf --data declarations.jsonl.gz --languages deu_1996,tha,swh"
        })
final class AlignCommand implements Callable<Integer> {

    /** What products run in. */
    enum Precision {
        auto,
        fp32,
        bf16
    }

    private final Terminal terminal;

    // No option is required here: align compare has none of them.
    @ArgGroup(exclusive = false)
    private ModelOptions model;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = {
                "A folder with a file for each language (Flores: eng_Latn.dev), a declarations file, or JSONL, CSV, TSV",
                "with a column for each language."
            })
    private Path data;

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "CODE",
            description = "Languages to compare, as the data spell them or by ISO 639; default all that fit.")
    private List<String> languages = List.of();

    @Option(
            names = "--pivots",
            split = ",",
            defaultValue = "eng,cmn",
            paramLabel = "CODE",
            description = "Languages that all are compared with; default ${DEFAULT-VALUE}.")
    private List<String> pivots;

    @Option(
            names = "--layers",
            split = ",",
            paramLabel = "N",
            description = "0 is the embedding, 1 the first decoder layer, ..., the last the final norm; default all.")
    private List<Integer> layers = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N sentences.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--max-tokens",
            defaultValue = "512",
            paramLabel = "N",
            description = "Longer sentences are cut; default ${DEFAULT-VALUE}.")
    private int maxTokens;

    @Option(
            names = "--pooling",
            defaultValue = "mean",
            paramLabel = "HOW",
            description = "A sentence is the mean of its tokens (mean, default) or its last token (last).")
    private Pooling pooling;

    @Option(
            names = "--precision",
            defaultValue = "auto",
            paramLabel = "TYPE",
            description = "What products run in: fp32, bf16, or auto (default), which measures whether bf16 is faster here.")
    private Precision precision;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder to write, a new one; default evaluations/alignment-<model>.")
    private Optional<Path> output = Optional.empty();

    @Spec
    private CommandSpec spec;

    private AlignCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The verb with the verbs below it. */
    static CommandLine of(Terminal terminal) {
        return new CommandLine(new AlignCommand(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .addSubcommand(new AlignCompareCommand())
                .addSubcommand(new AlignStatesCommand(terminal));
    }

    @Override
    public Integer call() throws IOException {
        check();
        ModelOptions.Places places = model.resolve();
        Path target = output.orElseGet(() -> defaultOutput(places));
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        ParallelSentences sentences =
                ParallelSentences.read(data, pivots, languages, limit.orElse(Integer.MAX_VALUE));
        tell(sentences);
        try (AtomicDirectory directory = AtomicDirectory.create(target, FaultPoint.NONE);
                ShutdownAction cleaning = new ShutdownAction(() -> delete(directory.temporary()))) {
            Path states = Files.createDirectory(directory.temporary().resolve("states"));
            writeStates(places, sentences, states);
            int exitCode = AlignStatesCommand.inItsOwnProcess(states);
            if (exitCode != ExitCodes.DONE) {
                terminal.println("the comparison, a process of its own, ended with exit code " + exitCode
                        + "; nothing was written");
                return exitCode;
            }
            AlignmentResult result = AlignmentJson.read(states);
            FileTree.delete(states);
            directory.write(AlignmentJson.RESULT, AlignmentJson.text(result));
            directory.write("alignment.csv", AlignmentTable.csv(result));
            directory.write("report.html", AlignmentPage.of(result));
            directory.publish();
            print(result, target);
        }
        return ExitCodes.DONE;
    }

    private void check() {
        if (model == null || data == null) {
            throw wrong("Missing required option: " + (model == null ? "'--model=PATH'" : "'--data=PATH'"));
        }
        if (limit.isPresent() && limit.get() < 2) {
            throw wrong("--limit must be 2 or more");
        }
        if (maxTokens < 2) {
            throw wrong("--max-tokens must be 2 or more");
        }
        if (layers.stream().anyMatch(layer -> layer < 0)) {
            throw wrong("--layers must not be negative");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static Path defaultOutput(ModelOptions.Places places) {
        return Path.of("evaluations", "alignment-" + places.adapter().orElse(places.base()).getFileName());
    }

    /** The states take much room, so that a run that is stopped does not leave them. */
    private static void delete(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException problem) {
            // the process is ending; what is left has a name that shows what it is
        }
    }

    private void tell(ParallelSentences sentences) {
        terminal.println(sentences.count() + " sentences in " + sentences.languages().size() + " languages");
        if (!sentences.leftOut().isEmpty()) {
            terminal.println(sentences.leftOut().size() + " languages are left out, for example: "
                    + sentences.leftOut().stream().limit(3).collect(Collectors.joining("; ")));
        }
    }

    private void writeStates(ModelOptions.Places places, ParallelSentences sentences, Path folder) throws IOException {
        try (OpenedModel opened = OpenedModel.open(places);
                Tokenizer tokenizer = ModelTokenizer.open(places.base());
                Kernels kernels = Kernels.open(OptionalInt.empty());
                LlamaModel llama = opened.load(kernels, Trained.NOTHING, new ModelPrecision(DType.F32, product(kernels)));
                ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            HiddenStates states = new HiddenStates(kernels, llama);
            List<Integer> sorted = layers.stream().sorted().distinct().toList();
            if (!sorted.isEmpty() && sorted.get(sorted.size() - 1) >= states.count()) {
                throw wrong("--layers " + sorted.get(sorted.size() - 1) + ": the model's states are numbered 0 to "
                        + (states.count() - 1));
            }
            String name = Stream.concat(Stream.of(places.base()), places.adapter().stream())
                    .map(Path::toString)
                    .collect(Collectors.joining(" + "));
            SentenceStates.Settings settings = new SentenceStates.Settings(
                    name,
                    llama.precision().product().huggingFaceName(),
                    (int) llama.config().hiddenSize(),
                    pooling,
                    (int) Math.min(maxTokens, llama.config().maxPositionEmbeddings()),
                    sorted);
            new SentenceStates(tokenizer, states, settings)
                    .write(folder, data.toString(), sentences, (int) pivots.stream().distinct().count(), progress);
        }
    }

    private DType product(Kernels kernels) {
        if (precision != Precision.auto) {
            return precision == Precision.bf16 ? DType.BF16 : DType.F32;
        }
        ProductSpeed speed = ProductSpeed.measure(kernels, DType.BF16);
        terminal.println(speed.reason());
        return speed.choice();
    }

    private void print(AlignmentResult result, Path target) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Means over the languages:");
        AlignmentTable.layers(result).forEach(out::println);
        out.println();
        out.println("Languages in " + result.study().layers().get(result.bestLayer()) + ":");
        AlignmentTable.languages(result).forEach(out::println);
        long cut = result.study().languages().stream().filter(language -> language.cut() > 0).count();
        if (cut > 0) {
            out.println("In " + cut + " languages some sentences were cut, see cut in " + AlignmentJson.RESULT + ".");
        }
        out.println();
        out.println(target);
    }
}

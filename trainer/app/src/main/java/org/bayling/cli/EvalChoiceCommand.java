package org.bayling.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.bayling.evaluation.choice.ChoiceData;
import org.bayling.evaluation.choice.ChoiceEvaluation;
import org.bayling.evaluation.choice.ChoiceItem;
import org.bayling.evaluation.choice.ChoiceMetric;
import org.bayling.evaluation.choice.ChoiceReport;
import org.bayling.evaluation.choice.ChoiceTable;
import org.bayling.evaluation.choice.ChoiceTask;
import org.bayling.evaluation.choice.ChoiceTasks;
import org.bayling.evaluation.choice.ItemScores;
import org.bayling.evaluation.choice.LogLikelihood;
import org.bayling.evaluation.choice.RequestEncoder;
import org.bayling.evaluation.choice.ScoredItem;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader.Trained;
import org.bayling.model.ModelPrecision;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Terminal;
import org.bayling.tensor.Kernels;
import org.bayling.tokenizer.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eval choice}: multiple-choice questions by log-likelihood. */
@Command(
        name = "choice",
        description = {
            "Answer multiple-choice questions by log-likelihood, as lm-evaluation-harness does.",
            "Scores are kept as they are computed: the same command again goes on where it was stopped."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train eval choice --model checkpoints/my-run --task xcopa --data ../data/xcopa",
            "  bayling-train eval choice --model m.gguf --task belebele --data belebele --languages deu_Latn,zho_Hans"
        })
final class EvalChoiceCommand implements Callable<Integer> {

    /** How results are printed. */
    enum Format {
        text,
        json,
        csv
    }

    private final Terminal terminal;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--task",
            required = true,
            paramLabel = "NAME",
            description = {
                "arc, belebele, global_mmlu, hellaswag, m_mmlu, mmlu, xcopa, xnli, xstorycloze or xwinograd."
            })
    private String taskName;

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = {
                "JSONL files of questions, or folders of them.",
                "Their names tell the language: val.zh.jsonl, zh/val.jsonl."
            })
    private List<Path> data;

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "CODE",
            description = "Languages to ask, separated by commas; default all that the data have.")
    private List<String> languages = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N questions of each language.")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--num-fewshot",
            paramLabel = "N",
            defaultValue = "0",
            description = "Answered questions in front of each, the first ones there are; default ${DEFAULT-VALUE}.")
    private int shots;

    @Option(
            names = "--fewshot-data",
            paramLabel = "PATH",
            description = "Where they are taken from; default the questions themselves.")
    private List<Path> shotsData = List.of();

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "METRIC",
            description = "acc, acc_norm, acc_bytes, acc_mutual_info, separated by commas; default the task's own.")
    private List<String> metricNames = List.of();

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where scores are kept; default a file of its own for each model in evaluations/.")
    private Optional<Path> results = Optional.empty();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default), json or csv.")
    private Format format;

    @Spec
    private CommandSpec spec;

    EvalChoiceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        ChoiceTask task = ChoiceTasks.named(taskName)
                .orElseThrow(() ->
                        wrong("--task '" + taskName + "' is none of " + String.join(", ", ChoiceTasks.names())));
        List<ChoiceMetric> metrics = metrics(task);
        check(task);
        ChoiceData questions = new ChoiceData(task, limit.orElse(Integer.MAX_VALUE), shots);
        List<ChoiceItem> items = questions.read(data, shotsData, languages);
        print(ChoiceReport.of(task.name(), shots, metrics, scored(task, metrics, items)));
        return ExitCodes.DONE;
    }

    /** Products run in fp32, in which numbers are compared. */
    private List<ScoredItem> scored(ChoiceTask task, List<ChoiceMetric> metrics, List<ChoiceItem> items)
            throws IOException {
        ModelOptions.Places places = model.resolve();
        try (OpenedModel opened = OpenedModel.open(places);
                Tokenizer tokenizer = ModelTokenizer.open(places.base());
                Kernels kernels = Kernels.open(OptionalInt.empty());
                LlamaModel llama = opened.load(kernels, Trained.NOTHING, ModelPrecision.FP32);
                ResultsFile file = resultsFile(task, opened);
                ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            int maxLength = (int) Math.min(Integer.MAX_VALUE - 8, llama.config().maxPositionEmbeddings());
            RequestEncoder encoder = new RequestEncoder(tokenizer, maxLength);
            return new ChoiceEvaluation(encoder, new LogLikelihood(kernels, llama), metrics).run(items, file, progress);
        }
    }

    private ResultsFile resultsFile(ChoiceTask task, OpenedModel opened) throws IOException {
        String fingerprint = opened.fingerprint(ModelPrecision.FP32);
        Path path = results.orElseGet(
                () -> Path.of("evaluations", task.name() + "-" + fingerprint.substring(0, 12) + ".jsonl"));
        ResultsFile file = ResultsFile.open(path, ItemScores.KIND, fingerprint, opened.name());
        terminal.println("scores are kept in " + path + (file.size() == 0 ? "" : ", " + file.size() + " are there"));
        return file;
    }

    private List<ChoiceMetric> metrics(ChoiceTask task) {
        if (metricNames.isEmpty()) {
            return task.metrics();
        }
        List<ChoiceMetric> metrics = new ArrayList<>();
        for (String name : metricNames) {
            metrics.add(Arrays.stream(ChoiceMetric.values())
                    .filter(metric -> metric.key().equals(name))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            "--metrics '" + name + "' is none of acc, acc_norm, acc_bytes, acc_mutual_info")));
        }
        return metrics;
    }

    private void check(ChoiceTask task) {
        if (limit.isPresent() && limit.get() < 1) {
            throw wrong("--limit must be 1 or more");
        }
        if (shots < 0) {
            throw wrong("--num-fewshot must not be negative");
        }
        if (shots > 0 && !task.examples()) {
            throw wrong("--num-fewshot: questions of " + task.name() + " have no context that examples could precede");
        }
        if (shots == 0 && !shotsData.isEmpty()) {
            throw wrong("--fewshot-data is for --num-fewshot");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void print(ChoiceReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> ChoiceTable.markdown(report).forEach(out::println);
            case csv -> ChoiceTable.csv(report).forEach(out::println);
            case json -> out.println(pretty(ChoiceTable.json(report)));
        }
    }

    private static String pretty(ObjectNode node) throws IOException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }
}

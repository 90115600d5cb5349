package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.bayling.evaluation.choice.ChoiceMetric;
import org.bayling.evaluation.choice.ChoiceTask;
import org.bayling.evaluation.choice.ChoiceTasks;
import org.bayling.evaluation.suite.ChoicePart;
import org.bayling.evaluation.suite.EvaluationSuite;
import org.bayling.observe.Terminal;
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
    private final Terminal terminal;

    @Mixin
    private EvaluationOptions options;

    @Option(
            names = "--task",
            required = true,
            paramLabel = "NAME",
            description = {
                "arc, belebele, global_mmlu, hellaswag, m_mmlu, mmlu, xcopa, xnli, xstorycloze, xwinograd; or",
                "multiple_choice for rows of your own: language, question, choices, answer (counted from 0)."
            })
    private String taskName;

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = {
                "Files of questions (.jsonl, .json, .csv, .tsv, .parquet; plain, .gz or .zst), folders or globs.",
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

    @Mixin
    private FewShotOptions examples;

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "METRIC",
            description = "acc, acc_norm, acc_bytes, acc_mutual_info, separated by commas; default the task's own.")
    private List<String> metricNames = List.of();

    @Option(
            names = "--apply-chat-template",
            description = "Put questions as a conversation in the model's chat template.")
    private boolean chat;

    @Option(
            names = "--fewshot-as-multiturn",
            description = "With --apply-chat-template: each example is a message with its answer.")
    private boolean multiturn;

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description = "Tokens of a context, whose beginning is cut where it has more; default what the model can read.")
    private Optional<Integer> maxLength = Optional.empty();

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
        check();
        ChoicePart part = new ChoicePart(
                task.name(),
                task,
                data,
                examples.data(),
                languages,
                limit.orElse(Integer.MAX_VALUE),
                examples.choice(task.order(), spec),
                prompting(),
                metrics,
                maxLength.isPresent() ? OptionalInt.of(maxLength.get()) : OptionalInt.empty());
        options.run(EvaluationSuite.of(part), terminal, spec.commandLine().getOut());
        return ExitCodes.DONE;
    }

    private ChoicePart.Prompting prompting() {
        if (multiturn) {
            return ChoicePart.Prompting.MULTITURN_CHAT;
        }
        return chat ? ChoicePart.Prompting.CHAT : ChoicePart.Prompting.PLAIN;
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

    private void check() {
        if (limit.isPresent() && limit.get() < 1) {
            throw wrong("--limit must be 1 or more");
        }
        if (maxLength.isPresent() && maxLength.get() < 1) {
            throw wrong("--max-length must be 1 or more");
        }
        if (multiturn && !chat) {
            throw wrong("--fewshot-as-multiturn is for --apply-chat-template");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

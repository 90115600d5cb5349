package org.bayling.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bayling.evaluation.suite.EvaluationSuite;
import org.bayling.evaluation.suite.PartResults;
import org.bayling.model.ModelPrecision;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is evaluated, where results go and how they are printed: what all verbs of {@code eval} have in common. */
final class EvaluationOptions {
    private static final int FINGERPRINT_DIGITS = 12;

    /** How results are printed. */
    enum Format {
        text,
        json,
        csv
    }

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description = "Chat template, a built-in one or a Jinja file; default the model's own.")
    private Optional<String> template = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = {
                "Folder of the results, and of what is known when an evaluation is stopped; default one of its own for",
                "each model in evaluations/."
            })
    private Optional<Path> output = Optional.empty();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default), json or csv.")
    private Format format;

    /** Runs all tasks of a suite, whose data are read first, and leaves the results in the folder. */
    void run(EvaluationSuite suite, Terminal terminal, PrintWriter out) throws IOException {
        EvaluationSuite.Prepared prepared = suite.read();
        ModelOptions.Places places = model.resolve();
        try (OpenedModel opened = OpenedModel.open(places)) {
            String fingerprint = opened.fingerprint(ModelPrecision.FP32);
            Path folder = output.orElseGet(
                    () -> Path.of("evaluations", suite.name() + "-" + fingerprint.substring(0, FINGERPRINT_DIGITS)));
            EvaluationSuite.Outcome outcome;
            try (EvaluationModel loaded = EvaluationModel.load(places, opened, template, folder, terminal);
                    ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
                terminal.println("results are kept in " + folder);
                outcome = EvaluationSuite.run(prepared, loaded, opened.name(), fingerprint, progress);
            }
            outcome.write(folder);
            print(outcome.parts(), out);
        }
    }

    /** One table after another; JSON is one object, or a list where there are several tasks. */
    private void print(List<PartResults> parts, PrintWriter out) throws IOException {
        if (format == Format.json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            parts.forEach(part -> all.add(part.json()));
            JsonNode root = parts.size() == 1 ? all.get(0) : all;
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root));
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                out.println();
            }
            (format == Format.text ? parts.get(i).table() : parts.get(i).csv()).forEach(out::println);
        }
    }
}

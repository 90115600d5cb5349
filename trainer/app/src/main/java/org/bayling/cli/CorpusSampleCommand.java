package org.bayling.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.corpus.report.SampleChoice;
import org.bayling.data.CorpusManifest;
import org.bayling.data.DataException;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corpus sample}: a look into a corpus. */
@Command(
        name = "sample",
        description = "Show samples of a corpus.",
        footerHeading = "%nExample:%n",
        footer = "  bayling-train corpus sample checkpoints/corpus-small --language km --task translation -n 3")
final class CorpusSampleCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The corpus.")
    private Path corpus;

    @Option(names = "--language", paramLabel = "L", description = "Of this language only, as a BCP 47 tag.")
    private String language;

    @Option(names = "--task", paramLabel = "T", description = "Of this task only.")
    private String task;

    @Option(names = "-n", paramLabel = "N", description = "How many, default ${DEFAULT-VALUE}.")
    private int count = 5;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CorpusManifest manifest = CorpusManifest.read(corpus);
        requireKnown(manifest, "languages", language);
        requireKnown(manifest, "tasks", task);
        List<JsonNode> samples = SampleChoice.first(manifest, count, sample -> is(sample, "language", language)
                && is(sample, "task", task));
        if (samples.isEmpty() && count > 0) {
            throw new DataException(corpus + ": no sample is of language " + language + " and task " + task);
        }
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode sample : samples) {
            out.println(Terminal.printable("--- " + sample.path("direction").asText() + " " + sample.path("task").asText()
                    + " " + sample.path("template").asText() + " (" + sample.path("source").asText() + " "
                    + sample.path("item").asText() + ")"));
            for (JsonNode message : sample.path("messages")) {
                out.println(message.path("role").asText() + ": ");
                message.path("content").asText().lines().forEach(line -> out.println("    " + Terminal.printable(line)));
            }
        }
        return ExitCodes.DONE;
    }

    private static boolean is(JsonNode sample, String field, String wanted) {
        return wanted == null || sample.path(field).asText().equals(wanted);
    }

    private void requireKnown(CorpusManifest manifest, String field, String wanted) throws IOException {
        Optional<String> missing = Optional.ofNullable(wanted).filter(name -> !manifest.json().path(field).has(name));
        if (missing.isPresent()) {
            StringBuilder names = new StringBuilder();
            manifest.json().path(field).fieldNames().forEachRemaining(name -> names.append(' ').append(name));
            throw new DataException(corpus + ": has no sample of \"" + missing.get() + "\"; its " + field + " are:" + names);
        }
    }
}

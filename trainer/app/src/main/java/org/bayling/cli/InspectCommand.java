package org.bayling.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.checkpoint.TensorStore;
import org.bayling.io.UnsupportedFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inspect}: what is in a model's files. Reads headers only, however large the weights are. */
@Command(
        name = "inspect",
        description = "Show what model files hold: configuration, parameters, tensors with dtype and shape.",
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train inspect ../models/llama-3-8b-instruct",
            "  bayling-train inspect checkpoints/my-run/step-100/adapter_model.safetensors"
        })
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", description = "A model directory or a .safetensors file.")
    private Path path;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (Files.isDirectory(path)) {
            try (HfModelDir model = HfModelDir.open(path)) {
                show("Hugging Face model directory", path);
                show("config.json", settings(model.config()));
                for (Path companion : model.companions()) {
                    show("beside", companion.getFileName());
                }
                tensors(model.tensors());
            }
        } else if (path.toString().endsWith(".safetensors")) {
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                show("safetensors file", path);
                file.metadata().forEach((key, value) -> show(key, value));
                tensors(file);
            }
        } else {
            throw new UnsupportedFileException(
                    path, "kind of file", "a name of another ending", ".safetensors, .gguf or a model directory");
        }
        return ExitCodes.DONE;
    }

    private void tensors(TensorStore store) {
        long parameters = 0;
        long bytes = 0;
        Map<String, Integer> stored = new TreeMap<>();
        int widest = 0;
        for (String name : store.names()) {
            TensorStore.Entry entry = store.entry(name);
            parameters = Math.addExact(parameters, entry.shape().elements());
            bytes = Math.addExact(bytes, entry.bytes());
            stored.merge(entry.stored(), 1, Integer::sum);
            widest = Math.max(widest, name.length());
        }
        show(
                "parameters",
                String.format(
                        Locale.ROOT,
                        "%,d in %d tensors",
                        parameters,
                        store.names().size()));
        show("stored as", stored.toString().replaceAll("[{}]", "").replace("=", " x "));
        show("bytes", String.format(Locale.ROOT, "%,d", bytes));
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        for (String name : store.names()) {
            TensorStore.Entry entry = store.entry(name);
            out.printf("%-" + Math.max(widest, 1) + "s  %-5s %s%n", name, entry.stored(), entry.shape());
        }
    }

    /** One line: every key that holds a single value. */
    private static String settings(ObjectNode config) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, JsonNode> setting : config.properties()) {
            String value = setting.getValue().isTextual()
                    ? setting.getValue().textValue()
                    : setting.getValue().toString();
            line.append(line.isEmpty() ? "" : ", ")
                    .append(setting.getKey())
                    .append(' ')
                    .append(value);
        }
        return line.toString();
    }

    private void show(String what, Object value) {
        spec.commandLine().getOut().printf("%-14s %s%n", what, value);
    }
}

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
import java.util.stream.Collectors;
import org.bayling.checkpoint.AdapterConfig;
import org.bayling.checkpoint.GgufModel;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.checkpoint.TensorStore;
import org.bayling.observe.TextTable;
import org.bayling.tokenizer.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code inspect}: what is in files. Of models it reads headers only, however large the weights are; runs and
 * checkpoints are verified whole.
 */
@Command(
        name = "inspect",
        description = {
            "Show what model files hold: configuration, tokenizer, parameters, tensors with dtype and shape.",
            "Of a run or a checkpoint verify every checksum and list what is in it."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train inspect ../models/llama-3-8b-instruct",
            "  bayling-train inspect smollm2-135m-instruct.Q4_1.gguf",
            "  bayling-train inspect checkpoints/my-run",
            "  bayling-train inspect checkpoints/my-run/step-100/adapter_model.safetensors"
        })
final class InspectCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            description = "A model or adapter directory, a .gguf or .safetensors file, a run's folder or a checkpoint.")
    private Path path;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (path == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: PATH");
        }
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        RunInspection runs = new RunInspection(spec.commandLine().getOut());
        if (RunInspection.isRun(path)) {
            return runs.run(path) ? ExitCodes.DONE : ExitCodes.DATA;
        }
        if (RunInspection.isCheckpoint(path)) {
            runs.checkpoint(path);
        }
        if (path.toString().endsWith(".safetensors")) {
            inspectSafetensors();
        } else if (Files.exists(path.resolve(PeftAdapterDir.CONFIG))) {
            inspectAdapter();
        } else {
            inspectModel();
        }
        return ExitCodes.DONE;
    }

    private void inspectSafetensors() throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            TextTable facts = TextTable.ofPairs().row("safetensors file", path);
            file.metadata().forEach(facts::row);
            print(facts, file);
        }
    }

    private void inspectAdapter() throws IOException {
        try (PeftAdapterDir adapter = PeftAdapterDir.open(path)) {
            AdapterConfig config = adapter.config();
            TextTable facts = TextTable.ofPairs()
                    .row("adapter directory", path)
                    .row(
                            "  base_model_name_or_path",
                            config.baseModelNameOrPath().orElse("not said"))
                    .row("  r", config.r())
                    .row("  lora_alpha", config.loraAlpha())
                    .row("  target_modules", config.targetModules());
            print(facts, adapter.tensors());
        }
    }

    private void inspectModel() throws IOException {
        try (ModelFiles model = ModelFiles.open(path)) {
            TextTable facts = TextTable.ofPairs();
            if (model instanceof HfModelDir directory) {
                facts.row("model directory", path);
                facts.row(
                        "files beside", String.join(", ", directory.companions().keySet()));
            } else {
                facts.row("GGUF file", path);
            }
            settings(facts, model.config());
            if (hasTokenizer(model)) {
                tokenizer(facts, model.config());
            }
            print(facts, model.tensors());
        }
    }

    private boolean hasTokenizer(ModelFiles model) {
        return model instanceof GgufModel gguf
                ? gguf.metadata().containsKey("tokenizer.ggml.tokens")
                : Files.exists(path.resolve("tokenizer.json"));
    }

    private void tokenizer(TextTable facts, ObjectNode config) throws IOException {
        try (Tokenizer tokenizer = ModelTokenizer.open(path)) {
            facts.row("tokenizer", String.format(Locale.ROOT, "%,d tokens", tokenizer.vocabularySize()));
            tokenizer.bosToken().ifPresent(token -> facts.row("  bos_token", token));
            tokenizer.eosToken().ifPresent(token -> facts.row("  eos_token", token));
            tokenizer.padToken().ifPresent(token -> facts.row("  pad_token", token));
            facts.row(
                    "  chat template",
                    tokenizer
                            .chatTemplate()
                            .map(source -> source.length() + " characters")
                            .orElse("none"));
            long rows = config.path("vocab_size").asLong();
            if (tokenizer.vocabularySize() > rows) {
                facts.row("  warning", "more tokens than the model's vocab_size " + rows);
            }
        }
    }

    /** Every key of the model's configuration, one a line. */
    private static void settings(TextTable facts, ObjectNode config) {
        for (Map.Entry<String, JsonNode> setting : config.properties()) {
            JsonNode value = setting.getValue();
            facts.row("  " + setting.getKey(), value.isTextual() ? value.textValue() : value);
        }
    }

    private void print(TextTable facts, TensorStore store) {
        long parameters = 0;
        Map<String, Integer> stored = new TreeMap<>();
        TextTable tensors = TextTable.of("tensor", "stored", "shape");
        for (String name : store.names()) {
            TensorStore.Entry entry = store.entry(name);
            parameters = Math.addExact(parameters, entry.shape().elements());
            stored.merge(entry.stored(), 1, Integer::sum);
            tensors.row(name, entry.stored(), entry.shape());
        }
        String types = stored.entrySet().stream()
                .map(type -> type.getValue() + " " + type.getKey())
                .collect(Collectors.joining(", "));
        facts.row("parameters", String.format(Locale.ROOT, "%,d", parameters));
        facts.row("tensors", store.names().size() + " (" + types + ")");
        PrintWriter out = spec.commandLine().getOut();
        out.println(facts);
        out.print(tensors);
    }
}

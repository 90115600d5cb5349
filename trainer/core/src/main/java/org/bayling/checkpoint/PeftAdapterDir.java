package org.bayling.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.CorruptFileException;
import org.bayling.io.DurableFile;
import org.bayling.io.FaultPoint;
import org.bayling.numeric.TensorShape;

/**
 * A PEFT adapter directory that was opened for reading. Its tensors keep the names of the file; {@link AdapterKeys}
 * translates.
 *
 * @param tensors owned by this object
 */
public record PeftAdapterDir(Path path, AdapterConfig config, SafetensorsFile tensors) implements AutoCloseable {
    public static final String CONFIG = "adapter_config.json";
    public static final String WEIGHTS = "adapter_model.safetensors";
    public static final String CARD = "README.md";

    /**
     * Opens a directory and checks that config and tensors agree: every A has its B of the rank that the config says,
     * every module with a LoRA is targeted, magnitudes are there exactly for DoRA.
     *
     * @throws org.bayling.io.UnsupportedFileException for an adapter that computes something else than LoRA, rsLoRA or
     *     DoRA; the message names the key
     * @throws CorruptFileException when a file breaks its format or the files disagree
     */
    public static PeftAdapterDir open(Path directory) throws IOException {
        for (String name : new String[] {CONFIG, WEIGHTS}) {
            if (!Files.isRegularFile(directory.resolve(name))) {
                throw new IOException(directory + ": holds no " + name
                        + ", so it is not a PEFT adapter directory (adapter_model.bin is a pickled program and is never"
                        + " read; adapters not named 'default' lie in a folder of their own)");
            }
        }
        AdapterConfig config = AdapterConfigJson.read(directory.resolve(CONFIG));
        SafetensorsFile tensors = SafetensorsFile.open(directory.resolve(WEIGHTS));
        try {
            check(config, tensors);
            return new PeftAdapterDir(directory, config, tensors);
        } catch (IOException | RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    private static void check(AdapterConfig config, SafetensorsFile tensors) throws IOException {
        Map<String, TensorShape> as = new TreeMap<>();
        Map<String, TensorShape> bs = new TreeMap<>();
        Map<String, TensorShape> magnitudes = new TreeMap<>();
        for (String name : tensors.names()) {
            AdapterKeys.Parsed key = AdapterKeys.parse(name)
                    .orElseThrow(() -> new CorruptFileException(
                            tensors.path(), "tensor", "'" + name + "'", "PEFT's name of a LoRA on a linear layer"));
            TensorShape shape = tensors.entry(name).shape();
            switch (key.part()) {
                case LORA_A -> as.put(key.name(), shape);
                case LORA_B -> bs.put(key.name(), shape);
                case MAGNITUDE -> magnitudes.put(key.name(), shape);
                case SAVED -> requireSaved(config, tensors.path(), name, key.name());
            }
        }
        if (as.isEmpty() && config.modulesToSave().isEmpty()) {
            throw new CorruptFileException(tensors.path(), "tensors", "no LoRA", "at least one lora_A");
        }
        if (!as.keySet().equals(bs.keySet())
                || !magnitudes.keySet().equals(config.useDora() ? as.keySet() : Map.of().keySet())) {
            throw new CorruptFileException(
                    tensors.path(),
                    "tensors",
                    as.size() + " lora_A, " + bs.size() + " lora_B, " + magnitudes.size() + " lora_magnitude_vector",
                    "one of each for every module, magnitudes only with use_dora (which is " + config.useDora() + ")");
        }
        for (String module : as.keySet()) {
            checkModule(config, tensors.path(), module, as.get(module), bs.get(module), magnitudes.get(module));
        }
    }

    private static void requireSaved(AdapterConfig config, Path file, String name, String parameter)
            throws CorruptFileException {
        int dot = parameter.lastIndexOf('.');
        if (dot < 0 || !config.saves(parameter.substring(0, dot))) {
            throw new CorruptFileException(
                    file, "tensor", "'" + name + "'", "a LoRA tensor or one of modules_to_save " + config.modulesToSave());
        }
    }

    private static void checkModule(
            AdapterConfig config, Path file, String module, TensorShape a, TensorShape b, TensorShape magnitude)
            throws CorruptFileException {
        int rank = config.rankOf(module);
        boolean shapesFit = a.rank() == 2
                && b.rank() == 2
                && a.get(0) == rank
                && b.get(1) == rank
                && (magnitude == null || magnitude.equals(TensorShape.of(b.get(0))));
        if (!shapesFit || !config.targets(module)) {
            throw new CorruptFileException(
                    file,
                    "module '" + module + "'",
                    "lora_A " + a + ", lora_B " + b + (magnitude == null ? "" : ", magnitude " + magnitude),
                    "[" + rank + ", in], [out, " + rank + "], as " + CONFIG + " says"
                            + (config.targets(module) ? "" : "; and target_modules does not name this module"));
        }
    }

    /** Writes a whole adapter directory that appears complete or not at all; refuses a name that is taken. */
    public static void publish(
            Path target,
            AdapterConfig config,
            Collection<TensorStore.Entry> tensors,
            TensorSource source,
            FaultPoint faults)
            throws IOException {
        try (AtomicDirectory directory = AtomicDirectory.create(target, faults)) {
            writeInto(directory, config, tensors, source);
            directory.publish();
        }
    }

    /**
     * Writes config, weights and model card into a directory that someone else publishes.
     *
     * @param tensors under their names in the file, as {@link AdapterKeys} makes them
     */
    public static void writeInto(
            AtomicDirectory directory,
            AdapterConfig config,
            Collection<TensorStore.Entry> tensors,
            TensorSource source)
            throws IOException {
        directory.write(CONFIG, AdapterConfigJson.write(config));
        try (DurableFile file = directory.file(WEIGHTS)) {
            SafetensorsWriter.start(file, tensors, SafetensorsWriter.PT).writeAll(source);
            file.seal();
        }
        directory.write(CARD, card(config));
    }

    private static String card(AdapterConfig config) throws IOException {
        String base = config.baseModelNameOrPath().orElse("unknown");
        return """
                ---
                base_model: %s
                library_name: peft
                pipeline_tag: text-generation
                tags:
                - lora
                ---

                # Adapter

                A %s of rank %d and alpha %s on %s.

                - Base model: `%s`
                - Fully trained modules: %s
                - Load with PEFT: `PeftModel.from_pretrained(base, "this directory")`
                """
                .formatted(
                        JsonFiles.quoted(base),
                        config.useDora() ? "DoRA" : config.useRslora() ? "rsLoRA" : "LoRA",
                        config.r(),
                        config.loraAlpha(),
                        String.join(", ", config.targetModules()),
                        base.replace('`', '\''),
                        config.modulesToSave().isEmpty() ? "none" : String.join(", ", config.modulesToSave()));
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }
}

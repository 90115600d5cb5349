package org.bayling.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A Hugging Face model directory that was opened for reading.
 *
 * @param path the directory
 * @param config {@code config.json} as it stands, every key kept in its order
 * @param generationConfig {@code generation_config.json}, where there is one
 * @param tensors the weights, from one file or from shards; owned by this object
 * @param companions the tokenizer, template and licence files, by their name inside the directory
 */
public record HfModelDir(
        Path path,
        ObjectNode config,
        Optional<ObjectNode> generationConfig,
        TensorStore tensors,
        SortedMap<String, Path> companions)
        implements ModelFiles {
    public static final String CONFIG = "config.json";
    public static final String GENERATION_CONFIG = "generation_config.json";
    public static final String WEIGHTS = "model.safetensors";
    public static final String INDEX = "model.safetensors.index.json";

    private static final List<String> TOKENIZER_FILES = List.of(
            "tokenizer.json",
            "tokenizer.model",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "chat_template.jinja",
            "chat_template.json");
    private static final String MORE_TEMPLATES = "additional_chat_templates";
    private static final List<String> LICENCE_PREFIXES = List.of("LICENSE", "LICENCE", "NOTICE", "USE_POLICY", "COPYING");

    /**
     * Opens a directory.
     *
     * @throws org.bayling.io.UnsupportedFileException when it holds another architecture than Llama
     * @throws org.bayling.io.CorruptFileException when a file in it breaks the rules of its format
     * @throws IOException when config or weights are missing; the message says what was looked for
     */
    public static HfModelDir open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + ": there is no such directory");
        }
        Path configFile = directory.resolve(CONFIG);
        if (!Files.isRegularFile(configFile)) {
            throw new IOException(directory + ": holds no " + CONFIG
                    + ", so it is not a Hugging Face model directory; files found: " + namesIn(directory));
        }
        ObjectNode config = JsonFiles.readObject(configFile);
        LlamaOnly.check(configFile, config);
        Path generation = directory.resolve(GENERATION_CONFIG);
        Optional<ObjectNode> generationConfig =
                Files.exists(generation) ? Optional.of(JsonFiles.readObject(generation)) : Optional.empty();
        SortedMap<String, Path> companions = companionsIn(directory);
        return new HfModelDir(directory, config, generationConfig, openTensors(directory), companions);
    }

    private static TensorStore openTensors(Path directory) throws IOException {
        // One file wins over an index, as in transformers.
        if (Files.exists(directory.resolve(WEIGHTS))) {
            return SafetensorsFile.open(directory.resolve(WEIGHTS));
        }
        if (Files.exists(directory.resolve(INDEX))) {
            return ShardedSafetensors.open(directory.resolve(INDEX));
        }
        throw new IOException(directory + ": holds neither " + WEIGHTS + " nor " + INDEX
                + " (weights in .bin or .pth files are pickled programs and are never read; convert them to safetensors"
                + " first); files found: " + namesIn(directory));
    }

    /** The files beside the weights that a copy of the model needs: tokenizer, chat template, licence. */
    public static SortedMap<String, Path> companionsIn(Path directory) throws IOException {
        SortedMap<String, Path> companions = new TreeMap<>();
        for (Path file : children(directory)) {
            if (isCompanion(file.getFileName().toString())) {
                companions.put(file.getFileName().toString(), file);
            }
        }
        if (Files.isDirectory(directory.resolve(MORE_TEMPLATES))) {
            for (Path file : children(directory.resolve(MORE_TEMPLATES))) {
                companions.put(MORE_TEMPLATES + "/" + file.getFileName(), file);
            }
        }
        return companions;
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Whether a file, by its name inside the directory, belongs to the tokenizer; chat templates do. */
    public static boolean isTokenizerFile(String name) {
        return TOKENIZER_FILES.contains(name) || name.startsWith(MORE_TEMPLATES + "/");
    }

    private static boolean isCompanion(String name) {
        return isTokenizerFile(name) || LICENCE_PREFIXES.stream().anyMatch(name::startsWith);
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().limit(20).toList();
        }
    }

    @Override
    public List<Path> sources() throws IOException {
        SortedSet<Path> sources = new TreeSet<>(sourcesWithoutWeights(path));
        if (tensors instanceof ShardedSafetensors sharded) {
            sources.add(path.resolve(INDEX));
            sharded.shards().keySet().forEach(shard -> sources.add(path.resolve(shard)));
        } else {
            sources.add(path.resolve(WEIGHTS));
        }
        return List.copyOf(sources);
    }

    /** As {@link #sources()}, of a directory whose weights are not read. */
    public static List<Path> sourcesWithoutWeights(Path directory) throws IOException {
        SortedSet<Path> sources = new TreeSet<>(companionsIn(directory).values());
        sources.add(directory.resolve(CONFIG));
        if (Files.exists(directory.resolve(GENERATION_CONFIG))) {
            sources.add(directory.resolve(GENERATION_CONFIG));
        }
        return List.copyOf(sources);
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }
}

package org.bayling.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.bayling.checkpoint.SafetensorsWriter;
import org.bayling.checkpoint.TensorStore;
import org.bayling.config.DataConfig;
import org.bayling.io.FaultPoint;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;

/**
 * Small files that stand where an example names large ones: the shipped nano base for any model, two dozen short rows
 * for any data set.
 */
final class StandIns {
    private static final int ROWS = 24;
    private static final ObjectMapper JSON = new ObjectMapper();

    private StandIns() {}

    /** The nano base, a whole model that computes a step in a fraction of a second. */
    static Path model() {
        return BuiltProduct.root().resolve("configs/nano-base");
    }

    /** Puts the nano base where a person would keep another model. */
    static void putModel(Path place) throws IOException {
        BuiltProduct.copyTree(model(), place);
    }

    /**
     * Writes a data set's file below a folder, under the name that the configuration gives it.
     *
     * @return what to put in the place of the data set's path: the file, or the glob that finds it
     */
    static Path putData(Path folder, DataConfig.Dataset dataset) throws IOException {
        Path pattern = folder.resolve(dataset.path().get(0)).normalize();
        Path file = Path.of(pattern.toString().replace("*", "part"));
        Files.createDirectories(file.getParent());
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(row(dataset.format(), "What is " + i + " and one?", "It is " + (i + 1) + "."));
        }
        boolean array = file.toString().contains(".json") && !file.toString().contains(".jsonl");
        String text = array ? "[" + String.join(",\n", rows) + "]\n" : String.join("\n", rows) + "\n";
        try (OutputStream out = file.toString().endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return pattern;
    }

    /** Writes what {@code configs/corpus/bayling-2.yaml} names below its root, two dozen rows of each kind. */
    static void putCorpusSources(Path root) throws IOException {
        List<String> chinese = numbered("第%d号船每天早上七点开往北岛。");
        List<String> english = numbered("Boat %d goes to the northern island every morning at seven.");
        List<String> french = numbered("Le bateau %d part pour l'île du nord chaque matin à sept heures.");
        putLines(root.resolve("instructions/zh/a.jsonl"), asked(DataConfig.Format.ALPACA, "这条船去哪里？", chinese));
        putLines(root.resolve("instructions/en/a.jsonl"), asked(DataConfig.Format.ALPACA, "Where does it go?", english));
        putLines(root.resolve("dialogues/en-1.jsonl.zst"), asked(DataConfig.Format.SHAREGPT, "And that one?", english));
        putLines(root.resolve("parallel/fr-en.jsonl.zst"), pairs("fr", french, "en", english));
        putLines(root.resolve("parallel/fr-zh.jsonl.zst"), pairs("fr", french, "zh", chinese));
        putLines(root.resolve("multi/fra_Latn.dev"), french);
        putLines(root.resolve("multi/eng_Latn.dev"), english);
        putLines(root.resolve("multi/zho_Hans.dev"), chinese);
        putLines(root.resolve("evaluation/flores200/devtest/eng_Latn.devtest"), List.of(english.get(0)));
        putLines(root.resolve("evaluation/xcopa/val.zh.jsonl"), List.of(
                "{\"premise\": \"船长高兴地唱起了歌。\", \"choice1\": \"海上有风。\", \"choice2\": \"船上有人。\"}"));
    }

    /** Writes what README's recipe reads. */
    static void putRawText(Path folder) throws IOException {
        List<String> english = numbered("Boat %d goes to the northern island every morning at seven.");
        putLines(folder.resolve("fr.txt"), numbered("Le bateau %d part pour l'île du nord chaque matin à sept heures."));
        putLines(folder.resolve("en.txt"), english);
        putLines(folder.resolve("en.jsonl"), asked(DataConfig.Format.ALPACA, "Where does it go?", english));
        putLines(folder.resolve("zh.jsonl"),
                asked(DataConfig.Format.ALPACA, "这条船去哪里？", numbered("第%d号船每天早上七点开往北岛。")));
    }

    /** A test set in the layout of FLORES-200: three languages, a line for each sentence. */
    static void putFlores(Path folder) throws IOException {
        Path sentences = folder.resolve("devtest");
        putLines(sentences.resolve("eng_Latn.devtest"), numbered("Boat %d goes north."));
        putLines(sentences.resolve("fra_Latn.devtest"), numbered("Le bateau %d va au nord."));
        putLines(sentences.resolve("zho_Hans.devtest"), numbered("第%d号船往北去。"));
    }

    private static List<String> numbered(String pattern) {
        return IntStream.range(0, ROWS).mapToObj(i -> pattern.formatted(i + 10)).toList();
    }

    private static List<String> asked(DataConfig.Format format, String question, List<String> answers) {
        return answers.stream().map(answer -> row(format, question, answer)).toList();
    }

    private static List<String> pairs(String from, List<String> sources, String to, List<String> targets) {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> "{\"src_lang\": \"%s\", \"tgt_lang\": \"%s\", \"src\": \"%s\", \"tgt\": \"%s\"}"
                        .formatted(from, to, sources.get(i), targets.get(i)))
                .toList();
    }

    private static void putLines(Path file, List<String> lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    private static String row(DataConfig.Format format, String question, String answer) {
        String shape =
                switch (format) {
                    case ALPACA -> "{\"instruction\": \"%s\", \"output\": \"%s\"}";
                    case SHAREGPT -> "{\"conversations\": [{\"from\": \"human\", \"value\": \"%s\"}, "
                            + "{\"from\": \"gpt\", \"value\": \"%s\"}]}";
                    case MESSAGES -> "{\"messages\": [{\"role\": \"user\", \"content\": \"%s\"}, "
                            + "{\"role\": \"assistant\", \"content\": \"%s\"}]}";
                    case PROMPT_COMPLETION -> "{\"prompt\": \"%s\", \"completion\": \"%s\"}";
                };
        return shape.formatted(question, answer);
    }

    /** Writes {@code input_ids} and {@code labels} of one row, for {@code inspect gradients}. */
    static void putCase(Path file) throws IOException {
        TensorShape shape = TensorShape.of(1, 8);
        List<TensorStore.Entry> entries = List.of(
                TensorStore.Entry.of("input_ids", DType.I64, shape), TensorStore.Entry.of("labels", DType.I64, shape));
        SafetensorsWriter.write(file, entries, SafetensorsWriter.PT, (entry, sink) -> {
            ByteBuffer bytes = ByteBuffer.allocateDirect(8 * 8).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 8; i++) {
                bytes.putLong(10 + i);
            }
            sink.write(bytes.flip());
        }, FaultPoint.NONE);
    }

    /** Writes the nano base as a GGUF file. */
    static void putGguf(Path file) throws IOException {
        JsonNode config = JSON.readTree(model().resolve("config.json").toFile());
        GgufBytes gguf = new GgufBytes();
        gguf.put("general.architecture", "llama");
        for (Map.Entry<String, String> key : Map.of(
                        "block_count", "num_hidden_layers",
                        "context_length", "max_position_embeddings",
                        "embedding_length", "hidden_size",
                        "feed_forward_length", "intermediate_size",
                        "attention.head_count", "num_attention_heads",
                        "attention.head_count_kv", "num_key_value_heads",
                        "attention.key_length", "head_dim",
                        "attention.value_length", "head_dim")
                .entrySet()) {
            gguf.put("llama." + key.getKey(), config.path(key.getValue()).intValue());
        }
        gguf.put("llama.attention.layer_norm_rms_epsilon", config.path("rms_norm_eps").floatValue());
        gguf.put("llama.rope.freq_base", config.path("rope_theta").floatValue());
        gguf.putTokenizer(JSON.readTree(model().resolve("tokenizer.json").toFile()));
        gguf.writeWithTensorsOf(model(), file);
    }
}

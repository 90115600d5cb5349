package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bayling.acceptance.Spoiling.bytes;
import static org.bayling.acceptance.Spoiling.emptied;
import static org.bayling.acceptance.Spoiling.flipped;
import static org.bayling.acceptance.Spoiling.header;
import static org.bayling.acceptance.Spoiling.json;
import static org.bayling.acceptance.Spoiling.removed;
import static org.bayling.acceptance.Spoiling.text;
import static org.bayling.acceptance.Spoiling.truncated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.acceptance.Spoiling.Case;
import org.bayling.checkpoint.SafetensorsFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Model directories with one fault each: the message names the file and the fault, and no folder of a run is made. */
class BadModelFilesTest {
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    @TempDir
    private static Path shared;

    private static SoundModel sound;

    @TempDir
    private Path temp;

    @BeforeAll
    static void model() throws Exception {
        sound = SoundModel.train(shared);
    }

    @BeforeEach
    void files() throws IOException {
        sound.copyTo(temp);
    }

    static List<Case> configs() {
        return List.of(
                new Case("missing", removed(CONFIG), "model: holds no config.json", "files found"),
                new Case("empty", emptied(CONFIG), "model/config.json", "found nothing, expected a JSON object"),
                new Case("truncated", truncated(CONFIG, 100), "model/config.json", "broken JSON at line"),
                new Case("no text", bytes(CONFIG, all -> new byte[] {-1, -2}), "model/config.json", "not UTF-8"),
                new Case("a key twice", text(CONFIG, "{\"a\": 1,\n\"a\": 2}"), "model/config.json", "line 2", "'a'"),
                new Case(
                        "other architecture",
                        json(CONFIG, c -> c.put("model_type", "mistral").putArray("architectures").add("Mistral")),
                        "model/config.json: architecture: found model_type \"mistral\"", "expected model_type"),
                new Case("other activation", json(CONFIG, c -> c.put("hidden_act", "gelu")), "hidden_act 'gelu'"),
                new Case(
                        "rope type",
                        json(CONFIG, c -> c.putObject("rope_scaling").put("rope_type", "longrope")),
                        "model/config.json: rope type 'longrope'", "llama3 and yarn"),
                new Case(
                        "rope without factor",
                        json(CONFIG, c -> c.putObject("rope_scaling").put("rope_type", "linear")),
                        "model/config.json", "needs a positive number 'factor', found none"),
                new Case(
                        "rope no object",
                        json(CONFIG, c -> c.put("rope_scaling", "linear")),
                        "model/config.json: rope_scaling must be an object or null, found \"linear\""),
                new Case(
                        "number as text",
                        json(CONFIG, c -> c.put("rope_theta", "10000")),
                        "model/config.json: rope_theta must be a number above 0, found \"10000\""),
                new Case("negative", json(CONFIG, c -> c.put("rms_norm_eps", -1)), "rms_norm_eps must be a number"),
                new Case("flag as text", json(CONFIG, c -> c.put("tie_word_embeddings", "yes")), "true or false"),
                new Case("id as text", json(CONFIG, c -> c.put("eos_token_id", "</s>")), "must be a token id"),
                new Case(
                        "endless layers",
                        json(CONFIG, c -> c.put("num_hidden_layers", 2_000_000_000)),
                        "model/config.json: num_hidden_layers must be at most 10000"),
                new Case(
                        "heads",
                        json(CONFIG, c -> c.put("num_key_value_heads", 3)),
                        "num_attention_heads 4 is not a multiple of num_key_value_heads 3"));
    }

    static List<Case> weights() {
        String norm = "model.norm.weight";
        return List.of(
                new Case("missing", removed(WEIGHTS), "model: holds neither model.safetensors nor", "files found"),
                new Case("empty", emptied(WEIGHTS), "model/model.safetensors: truncated", "found 0 bytes"),
                new Case("truncated header", truncated(WEIGHTS, 100), "model/model.safetensors: truncated header"),
                new Case("truncated data", truncated(WEIGHTS, 100_000), "model/model.safetensors: truncated: tensor"),
                new Case("flipped length", flipped(WEIGHTS, 3), "model/model.safetensors: truncated header"),
                new Case("flipped header", flipped(WEIGHTS, 20), "model/model.safetensors"),
                new Case("dtype unknown", tensor(norm, t -> t.put("dtype", "F99")), norm, "found F99, expected one of"),
                new Case("dtype of other size", tensor(norm, t -> t.put("dtype", "F16")), "size of tensor '" + norm),
                new Case(
                        "whole numbers",
                        tensor(norm, t -> t.put("dtype", "I32")),
                        "model/model.safetensors: tensor " + norm + " is I32", "floating type"),
                new Case(
                        "other shape",
                        tensor(norm, t -> t.putArray("shape").add(2).add(16)),
                        "model/model.safetensors: tensor " + norm + " has the shape [2, 16]", "must be [32]"),
                new Case(
                        "renamed",
                        header(WEIGHTS, 0, h -> h.set("model.nrm.weight", h.remove(norm))),
                        "model/model.safetensors", "missing " + norm + "; not expected model.nrm.weight"),
                new Case("one missing", json(CONFIG, c -> c.put("num_hidden_layers", 3)), "missing model.layers.2."),
                new Case(
                        "one too many",
                        json(CONFIG, c -> c.put("num_hidden_layers", 1)),
                        "model/model.safetensors", "not expected model.layers.1."),
                new Case("more rows", json(CONFIG, c -> c.put("vocab_size", 300)), "[280, 32]", "must be [300, 32]"));
    }

    static List<Case> shards() {
        String second = "model-00002-of-00002.safetensors";
        String norm = "model.norm.weight";
        return List.of(
                new Case("missing", removed(second), INDEX, "'" + second + "'", "a file that exists beside the index"),
                new Case("truncated", truncated(second, 3000), "model/" + second + ": truncated"),
                new Case("index empty", emptied(INDEX), "model/" + INDEX, "found nothing"),
                new Case("index truncated", truncated(INDEX, 200), "model/" + INDEX, "broken JSON"),
                new Case("index without map", text(INDEX, "{}"), "model/" + INDEX + ": weight_map: found null"),
                new Case(
                        "a file elsewhere",
                        map(m -> m.put(norm, "../other.safetensors")),
                        "model/" + INDEX, "plain name of a .safetensors file in the same directory"),
                new Case("one not named", map(m -> m.remove(norm)), "model/" + INDEX, "found no entry"),
                new Case("one too many", map(m -> m.put("more", second)), second + ": tensors: found no 'more'"));
    }

    static List<Case> tokenizers() {
        return List.of(
                new Case("missing", removed(TOKENIZER), "model/tokenizer.json: no such file"),
                new Case("empty", emptied(TOKENIZER), "model/tokenizer.json", "found an empty file"),
                new Case("truncated", truncated(TOKENIZER, 1500), "model/tokenizer.json: not valid JSON"),
                new Case("unknown kind", tokenizer(m -> m.put("type", "Magic")), "tokenizer.json: model.type is Magic"),
                new Case(
                        "merge of nothing",
                        tokenizer(m -> m.withArray("merges").addArray().add("zz").add("qq")),
                        "model/tokenizer.json: model.merges[", "\"zz\" is not in the vocabulary"),
                new Case("id", tokenizer(m -> m.withObject("vocab").put("x", -1)), "id -1 of token \"x\""),
                new Case(
                        "more ids than rows",
                        json(CONFIG, c -> c.put("vocab_size", 100).put("tie_word_embeddings", true)),
                        "must be [100, 32]"),
                new Case("config truncated", truncated(TOKENIZER_CONFIG, 60), "tokenizer_config.json: not valid JSON"),
                new Case(
                        "eos that is no token",
                        json(TOKENIZER_CONFIG, c -> c.put("eos_token", "<nope>")),
                        "model: its tokenizer_config.json says eos_token '<nope>'", "no token of its tokenizer.json"),
                new Case(
                        "no template",
                        json(TOKENIZER_CONFIG, c -> c.remove("chat_template")),
                        "model/tokenizer.json comes without a chat template", "chatml"),
                new Case(
                        "broken template",
                        json(TOKENIZER_CONFIG, c -> c.put("chat_template", "{% for m in %}")),
                        "beside model/tokenizer.json", "line 1 of the chat template"));
    }

    @ParameterizedTest(name = "config.json {0}")
    @MethodSource("configs")
    void aBadConfigIsNamed(Case bad) throws Exception {
        refusedAsSaid(bad);
    }

    @ParameterizedTest(name = "model.safetensors {0}")
    @MethodSource("weights")
    void badWeightsAreNamed(Case bad) throws Exception {
        refusedAsSaid(bad);
    }

    @ParameterizedTest(name = "shards: {0}")
    @MethodSource("shards")
    void badShardsAreNamed(Case bad) throws Exception {
        shard(temp.resolve("model"));
        refusedAsSaid(bad);
    }

    @ParameterizedTest(name = "tokenizer: {0}")
    @MethodSource("tokenizers")
    void aBadTokenizerIsNamed(Case bad) throws Exception {
        refusedAsSaid(bad);
    }

    private void refusedAsSaid(Case bad) throws Exception {
        bad.spoiling().spoil(temp.resolve("model"));
        assertThat(Refusals.refused(10, temp, "train", "run.yaml").err()).contains(bad.told());
    }

    @Test
    void aTokenizerWithMoreIdsThanTheModelHasRowsIsRefused() throws Exception {
        json(CONFIG, c -> c.put("vocab_size", 100)).spoil(temp.resolve("model"));
        assertThat(Refusals.refused(10, temp, "train", "run.yaml", "train_from_scratch=true").err())
                .contains("the tokenizer has ids up to 271, but the model's vocab_size is 100");
    }

    @Test
    void anotherModelThanTheOneNamedIsAPlainMessage() throws Exception {
        assertThat(Refusals.refused(10, temp, "train", "run.yaml", "model_name_or_path=nowhere").err())
                .contains("nowhere: there is no such model directory or .gguf file");
        assertThat(Refusals.refused(10, temp, "train", "run.yaml", "model_name_or_path=run.yaml").err())
                .contains("run.yaml: is neither a model directory");
        assertThat(Refusals.refused(10, temp, "inspect", "nowhere").err()).contains("nowhere");
    }

    @Test
    void nanInWeightsIsFoundWhenTheyAreLoaded() throws Exception {
        bytes(WEIGHTS, all -> {
                    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putFloat(all.length - 4, Float.NaN);
                    return all;
                })
                .spoil(temp.resolve("model"));
        String told = "model/model.safetensors: tensor model.norm.weight holds NaN or infinity";
        assertThat(Refusals.refusedAfterReading(10, temp, "train", "run.yaml").err()).contains(told);
        assertThat(Refusals.refused(10, temp, "generate", "--model", "model", "--prompt", "x").err()).contains(told);
    }

    @Test
    void aTiedHeadThatDiffersIsRefused() throws Exception {
        int bytes = 280 * 32 * 4;
        header(WEIGHTS, bytes, h -> {
                    int end = 0;
                    for (var tensor : h.properties()) {
                        end = Math.max(end, tensor.getValue().path("data_offsets").path(1).asInt());
                    }
                    ObjectNode head = h.putObject("lm_head.weight").put("dtype", "F32");
                    head.putArray("shape").add(280).add(32);
                    head.putArray("data_offsets").add(end).add(end + bytes);
                })
                .spoil(temp.resolve("model"));
        assertThat(Refusals.refusedAfterReading(10, temp, "train", "run.yaml").err())
                .contains("model/model.safetensors: config.json ties lm_head.weight", "both are there and differ");
    }

    private interface Change {
        void change(ObjectNode node);
    }

    private static Spoiling tensor(String name, Change change) {
        return header(WEIGHTS, 0, header -> change.change((ObjectNode) header.get(name)));
    }

    private static Spoiling map(Change change) {
        return json(INDEX, index -> change.change((ObjectNode) index.get("weight_map")));
    }

    private static Spoiling tokenizer(Change change) {
        return json(TOKENIZER, root -> change.change((ObjectNode) root.get("model")));
    }

    /** Writes the one file as two with an index. */
    private static void shard(Path model) throws Exception {
        ObjectNode index = Spoiling.JSON.createObjectNode();
        List<String> names;
        try (SafetensorsFile whole = SafetensorsFile.open(model.resolve(WEIGHTS))) {
            names = new ArrayList<>(whole.names());
        }
        for (int part = 0; part < 2; part++) {
            String file = "model-0000" + (part + 1) + "-of-00002.safetensors";
            List<String> mine = part == 0 ? names.subList(0, 10) : names.subList(10, names.size());
            mine.forEach(name -> index.withObject("weight_map").put(name, file));
            Files.write(model.resolve(file), only(Files.readAllBytes(model.resolve(WEIGHTS)), mine));
        }
        Files.delete(model.resolve(WEIGHTS));
        Spoiling.JSON.writeValue(model.resolve(INDEX).toFile(), index);
    }

    private static byte[] only(byte[] all, List<String> names) throws IOException {
        int length = (int) ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong();
        ObjectNode header = (ObjectNode) Spoiling.JSON.readTree(all, 8, length);
        ObjectNode kept = Spoiling.JSON.createObjectNode();
        ByteBuffer data = ByteBuffer.allocate(all.length);
        for (String name : names) {
            ObjectNode tensor = (ObjectNode) header.get(name);
            int begin = tensor.path("data_offsets").path(0).asInt();
            int end = tensor.path("data_offsets").path(1).asInt();
            tensor.putArray("data_offsets").add(data.position()).add(data.position() + end - begin);
            data.put(all, 8 + length + begin, end - begin);
            kept.set(name, tensor);
        }
        byte[] text = Spoiling.JSON.writeValueAsBytes(kept);
        return ByteBuffer.allocate(8 + text.length + data.position())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data.array(), 0, data.position())
                .array();
    }
}

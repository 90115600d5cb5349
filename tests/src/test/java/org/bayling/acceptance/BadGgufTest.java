package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GGUF files with one fault each: the message names the file and the fault, and no folder of a run is made. */
class BadGgufTest {
    private static final String NORM = "output_norm.weight";

    @TempDir
    private static Path shared;

    private static SoundModel sound;

    @TempDir
    private Path temp;

    /** What is done to the content, then to the bytes of the file. */
    record Case(String what, Consumer<TinyGguf> content, UnaryOperator<byte[]> bytes, String... told) {
        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    static void model() throws Exception {
        sound = SoundModel.train(shared);
    }

    @BeforeEach
    void files() throws IOException {
        sound.copyTo(temp);
    }

    static List<Case> cases() {
        return List.of(
                bytes("empty", all -> new byte[0], "truncated at magic: found 0 bytes"),
                bytes("truncated header", all -> Arrays.copyOf(all, 300), "truncated at metadata key"),
                bytes("truncated data", all -> Arrays.copyOf(all, all.length - 5000), "truncated: tensor"),
                bytes("flipped magic", all -> flip(all, 0), "magic", "expected \"GGUF\""),
                bytes("flipped count", all -> flip(all, 8 + 7), "number of tensors", "at most 1000000"),
                bytes("flipped text", all -> flip(all, 40), "general.architecture"),
                key("architecture", "general.architecture", "qwen2", "found \"qwen2\", expected \"llama\""),
                key("rope type", "llama.rope.scaling.type", "magic", "rope type 'magic' is not supported"),
                key("kind of a key", "llama.block_count", "two", "'llama.block_count': found two, expected an integer"),
                key("zero", "llama.embedding_length", 0, "'llama.embedding_length': found 0"),
                key("one layer more", "llama.block_count", 3, "missing model.layers.2."),
                key("endless layers", "llama.block_count", 2_000_000_000, "num_hidden_layers must be at most 10000"),
                content("no key", gguf -> gguf.metadata.remove("llama.block_count"), "block_count': found nothing"),
                content("tensor missing", gguf -> gguf.tensors.remove(norm(gguf)), "missing model.norm.weight"),
                content("tensor twice", gguf -> gguf.tensors.add(norm(gguf)), NORM, "a second one of that name"),
                content(
                        "tensor too many",
                        gguf -> gguf.tensors.add(
                                new TinyGguf.Tensor("blk.0.x.weight", 0, List.of(4L), ByteBuffer.allocate(16))),
                        "'blk.0.x.weight'", "a dense Llama"),
                content("other shape", gguf -> norm(gguf, 0, 16, 2), "has the shape [2, 16]", "must be [32]"),
                content("whole numbers", gguf -> norm(gguf, 26, 32), NORM, "found I32, expected one of"),
                content("unknown type", gguf -> norm(gguf, 99, 32), NORM, "found type number 99"),
                key("tokenizer's kind", "tokenizer.ggml.model", "magic", "tokenizer.ggml.model is \"magic\""),
                key("tokenizer's cut", "tokenizer.ggml.pre", "magic", "tokenizer.ggml.pre is \"magic\""),
                content(
                        "no tokenizer",
                        gguf -> gguf.metadata.keySet().removeIf(key -> key.startsWith("tokenizer")),
                        "no tokenizer.ggml.tokens"),
                content("more tokens than rows", BadGgufTest::moreTokens, "has ids up to 280", "vocab_size is 280"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aBadFileIsNamed(Case bad) throws Exception {
        TinyGguf gguf = TinyGguf.of(temp.resolve("model"));
        bad.content().accept(gguf);
        Files.write(temp.resolve("bad.gguf"), bad.bytes().apply(gguf.bytes()));
        assertThat(Refusals.refused(10, temp, "train", "run.yaml", "model_name_or_path=bad.gguf").err())
                .contains("bad.gguf: ")
                .contains(bad.told());
    }

    @Test
    void theSameFileUnspoiltTrains() throws Exception {
        Files.write(temp.resolve("good.gguf"), TinyGguf.of(temp.resolve("model")).bytes());
        BuiltProduct.Result result = Refusals.product(temp).run("train", "run.yaml", "model_name_or_path=good.gguf");
        assertThat(result.exitCode()).as(result.toString()).isZero();
    }

    @Test
    void nanInWeightsIsFoundWhenTheyAreLoaded() throws Exception {
        TinyGguf gguf = TinyGguf.of(temp.resolve("model"));
        norm(gguf).data().putFloat(0, Float.NaN);
        Files.write(temp.resolve("bad.gguf"), gguf.bytes());
        assertThat(Refusals.refusedAfterReading(10, temp, "train", "run.yaml", "model_name_or_path=bad.gguf").err())
                .contains("bad.gguf: tensor model.norm.weight holds NaN or infinity");
    }

    private static Case bytes(String what, UnaryOperator<byte[]> change, String... told) {
        return new Case(what, gguf -> {}, change, told);
    }

    private static Case content(String what, Consumer<TinyGguf> change, String... told) {
        return new Case(what, change, UnaryOperator.identity(), told);
    }

    private static Case key(String what, String key, Object value, String... told) {
        return content(what, gguf -> gguf.metadata.put(key, value), told);
    }

    private static byte[] flip(byte[] all, int place) {
        all[place] ^= 1;
        return all;
    }

    private static TinyGguf.Tensor norm(TinyGguf gguf) {
        return gguf.tensors.stream().filter(tensor -> tensor.name().equals(NORM)).findFirst().orElseThrow();
    }

    private static void norm(TinyGguf gguf, int type, long... extents) {
        TinyGguf.Tensor norm = norm(gguf);
        List<Long> shape = Arrays.stream(extents).boxed().toList();
        gguf.tensors.set(gguf.tensors.indexOf(norm), new TinyGguf.Tensor(NORM, type, shape, norm.data()));
    }

    @SuppressWarnings("unchecked")
    private static void moreTokens(TinyGguf gguf) {
        List<String> tokens = new ArrayList<>((List<String>) gguf.metadata.get("tokenizer.ggml.tokens"));
        List<Integer> types = new ArrayList<>((List<Integer>) gguf.metadata.get("tokenizer.ggml.token_type"));
        tokens.add("<one-more>");
        types.add(1);
        gguf.metadata.put("tokenizer.ggml.tokens", tokens);
        gguf.metadata.put("tokenizer.ggml.token_type", types);
    }
}

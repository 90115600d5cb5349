package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb align: a tiny model after three and after six steps, over lines in four languages made up here. */
class AlignTest {
    private static final int LINES = 24;

    @TempDir
    private Path temp;

    @Test
    void aModelBeforeAndAfterTrainingIsAnalysedAndCompared() throws Exception {
        TinyRun.write(temp);
        writeData();
        BuiltProduct product = BuiltProduct.in(temp);
        product.expect(0, "train", "run.yaml");
        BuiltProduct.Result result = align(product, "out/step-3", "before");
        assertThat(result.out()).contains("eng_Latn", "P@1 to zho_Hans", "best");
        align(product, "out/step-6", "after");
        assertThat(names("before")).containsExactly("alignment.csv", "alignment.json", "report.html");
        JsonNode json = new ObjectMapper().readTree(temp.resolve("before/alignment.json").toFile());
        assertThat(json.path("sentences").asInt()).isEqualTo(LINES);
        assertThat(json.path("layers")).extracting(JsonNode::asText)
                .containsExactly("embed_tokens", "layers.0", "layers.1", "norm");
        JsonNode pivot = json.at("/languages/0/scores/eng_Latn");
        assertThat(pivot.at("/cka/2").asDouble()).as("English with itself").isBetween(1 - 1e-6, 1 + 1e-6);
        assertThat(pivot.at("/retrieval_to_pivot/2").asDouble()).isEqualTo(1);
        JsonNode copy = json.at("/languages/3");
        assertThat(copy.path("code").asText()).isEqualTo("sco_Latn");
        assertThat(copy.at("/scores/eng_Latn/retrieval/3").asDouble()).as("a copy of English").isEqualTo(1);
        BuiltProduct.Result compared = product.expect(0, "align", "compare", "before", "after", "--output", "both");
        assertThat(compared.out()).contains("out/step-3", "out/step-6", "gain");
        assertThat(names("both")).containsExactly("comparison.csv", "report.html");
    }

    @Test
    void whatGoesWrongInTheComparingProcessIsToldAndLeavesNothing() throws Exception {
        SoundModel.train(temp);
        writeData();
        Path nothing = Files.writeString(temp.resolve("no-nd4j"), "");
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .withEnvironment("BAYLING_JAVA_OPTS", "-Dbayling.nd4j.class.path.file=" + nothing)
                .run("align", "--model", "model", "--data", "data", "--output", "result");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(11);
        assertThat(result.err()).contains("a library cannot be loaded: org/nd4j/", "nothing was written");
        assertThat(names(".")).noneMatch(name -> name.startsWith("result"));
    }

    @Test
    void theComparingProcessEndsWithTheProgramThatStartedIt() throws Exception {
        writeManyStates();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "'%s' -cp '%s' org.bayling.cli.Main align states states & wait".formatted(java, classPath());
        Process parent = new ProcessBuilder("sh", "-c", command)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("log").toFile())
                .start();
        ProcessHandle child = awaitChild(parent);
        Thread.sleep(1500);
        assertThat(child.isAlive()).as(Files.readString(temp.resolve("log"))).isTrue();
        parent.destroyForcibly().waitFor();
        child.onExit().get(30, TimeUnit.SECONDS);
        assertThat(temp.resolve("states/alignment.json")).doesNotExist();
        assertThat(temp.resolve("log")).content().contains("the program that waits for this comparison has ended");
    }

    /** As the program gives it to that process. */
    private static String classPath() throws IOException {
        Path app = BuiltProduct.root().resolve("trainer/app/target");
        Path trainer = BuiltProduct.root().resolve("trainer");
        return String.join(
                File.pathSeparator,
                app.resolve("bayling-app.jar").toString(),
                BuiltProduct.root().resolve("tokenizer/target/bayling-tokenizer.jar").toString(),
                trainer.resolve("core/target/bayling-core.jar").toString(),
                trainer.resolve("evaluation/target/bayling-evaluation.jar").toString(),
                trainer.resolve("corpus/target/bayling-corpus.jar").toString(),
                Files.readString(app.resolve("class-path")).strip(),
                Files.readString(app.resolve("nd4j-class-path")).strip());
    }

    private static ProcessHandle awaitChild(Process parent) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            List<ProcessHandle> children = parent.children().toList();
            if (!children.isEmpty()) {
                return children.get(0);
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the shell started nothing");
    }

    private static BuiltProduct.Result align(BuiltProduct product, String model, String output) throws Exception {
        return product.expect(0, "align", "--model", model, "--data", "data", "--output", output);
    }

    private void writeData() throws IOException {
        Path data = Files.createDirectories(temp.resolve("data"));
        for (String language : List.of(
                "eng_Latn:What is %d plus one?",
                "zho_Hans:%d加一是多少？",
                "deu_Latn:Was ist %d plus eins?",
                "sco_Latn:What is %d plus one?")) {
            String[] parts = language.split(":");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < LINES; i++) {
                lines.append(parts[1].formatted(i * 37 % 101)).append('\n');
            }
            Files.writeString(data.resolve(parts[0] + ".dev"), lines);
        }
    }

    /** Enough to take minutes. */
    private void writeManyStates() throws IOException {
        Path states = Files.createDirectories(temp.resolve("states"));
        int layers = 3000;
        StringBuilder names = new StringBuilder("\"layers.0\"");
        for (int i = 1; i < layers; i++) {
            names.append(",\"layers.").append(i).append('"');
        }
        String language = "{\"code\":\"%s\",\"name\":\"X\",\"script\":\"Latn\",\"tokens\":1,\"cut\":0}";
        Files.writeString(states.resolve("states.json"), """
                {"format":"bayling-alignment","version":1,"model":"m","data":"d","pooling":"mean","sentences":256,
                 "hidden_size":128,"layers":[%s],"pivots":["eng"],"languages":[%s,%s]}
                """.formatted(names, language.formatted("eng"), language.formatted("deu")));
        byte[] layer = new byte[2 * 256 * 128 * 4];
        for (int i = 0; i < layer.length; i += 4) {
            ByteBuffer.wrap(layer).order(ByteOrder.LITTLE_ENDIAN).putFloat(i, i * 7919L % 1009);
        }
        Path first = Files.write(states.resolve("layer-0.f32"), layer);
        for (int i = 1; i < layers; i++) {
            Files.createLink(states.resolve("layer-" + i + ".f32"), first);
        }
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

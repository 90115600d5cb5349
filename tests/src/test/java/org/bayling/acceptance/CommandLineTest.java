package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    private Path temp;

    @Test
    void anUnknownVerbIsAnsweredWithTheNearestOne() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp).run("docter");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err()).contains("docter").contains("Did you mean: bayling-train doctor");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void noVerbShowsTheHelpAsAnError() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp).run();
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: bayling-train").contains("doctor");
    }

    @Test
    void whatIsNoTerminalGetsNoColours() throws Exception {
        assertThat(BuiltProduct.in(temp).run("--help").out()).contains("Usage:").doesNotContain("\u001b");
        assertThat(BuiltProduct.in(temp).run("doctor", "--nonsense").err())
                .contains("--nonsense")
                .doesNotContain("\u001b");
    }

    @Test
    void doctorFindsThisMachineFit() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp).run("doctor");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).contains("jdk", "processor", "memory", "libtorch", "tokenizers", "fit to train");
    }

    @Test
    void doctorNamesALibraryCacheThatCannotBeWritten() throws Exception {
        // A file where a folder should be: not writable for anybody, not even for root.
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .withEnvironment("DJL_CACHE_DIR", "/proc/version/cache")
                .run("doctor");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(11);
        assertThat(result.out()).contains("FAIL  library cache").contains("DJL_CACHE_DIR");
    }

    @Test
    void allProblemsOfAConfigurationAreToldAtOnceWithLinesAndNearestNames() throws Exception {
        Path yaml = Files.writeString(temp.resolve("run.yaml"), """
                model_name_or_path: some/model
                lora_rnk: 3
                datasets: [{path: a.jsonl, format: alpca}]
                learning_rate: -2
                output_dir: out
                """);
        BuiltProduct.Result result = BuiltProduct.in(temp).run("validate", "run.yaml");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err())
                .contains("run.yaml:2:1: lora_rnk: unknown key (did you mean lora_rank?)")
                .contains("run.yaml:3:36: datasets.0.format")
                .contains("run.yaml:4:16: learning_rate");
        assertThat(yaml.resolveSibling("out")).doesNotExist();
    }

    @Test
    void aRightConfigurationIsShownWithWhereEachValueIsFrom() throws Exception {
        Files.writeString(temp.resolve("run.yaml"), """
                model_name_or_path: some/model
                finetuning_type: lora
                lora_rank: 16
                datasets: [{path: a.jsonl, format: alpaca}]
                output_dir: out
                """);
        BuiltProduct.Result result = BuiltProduct.in(temp).run("validate", "run.yaml", "learning_rate=1e-4");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out())
                .containsPattern("lora_rank +16 +run.yaml:3")
                .containsPattern("learning_rate +(1\\.0E-4|1e-4|0\\.0001|1\\.0e-4) +override")
                .containsPattern("adam_beta1 +0\\.9 +default");
    }

    @Test
    void theSchemaOfConfigurationsIsJson() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp).run("validate", "--schema");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(new ObjectMapper()
                        .readTree(result.out())
                        .at("/properties/lora_rank/type")
                        .asText())
                .isEqualTo("integer");
    }

    @Test
    void inspectShowsTheTensorsOfASafetensorsFile() throws Exception {
        Path file = writeSafetensors("{\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}", 8);
        BuiltProduct.Result result = BuiltProduct.in(temp).run("inspect", file.toString());
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).containsPattern("parameters +2").containsPattern("w +F32 +\\[2, 1\\]");
    }

    @Test
    void aTruncatedModelFileIsRefusedByNameWithTheCodeForData() throws Exception {
        Path file = writeSafetensors("{\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}", 5);
        BuiltProduct.Result result = BuiltProduct.in(temp).run("inspect", file.toString());
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(10);
        assertThat(result.err()).contains(file.toString()).contains("expected");
    }

    private Path writeSafetensors(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(temp.resolve("model.safetensors"), bytes.array());
    }

    @Test
    void aFullHeapEndsTheProcessAtOnceAndNamesTheKnob() throws Exception {
        // Half a heap of one string, read whole by the YAML reader.
        Files.writeString(temp.resolve("big.yaml"), "x: '" + "a".repeat(1_000_000) + "'\n");
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .withEnvironment("BAYLING_JAVA_OPTS", "-Xmx4m -XX:ErrorFile=" + temp.resolve("hs_err.log"))
                .run("validate", "big.yaml");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(134);
        assertThat(result.err()).contains("the Java heap is full").contains("BAYLING_JAVA_OPTS=-Xmx");
        assertThat(temp.resolve("hs_err.log")).exists();
    }

    @Test
    void theTokenizerRendersConversationsLineByLine() throws Exception {
        Path template = Files.writeString(
                temp.resolve("t.jinja"),
                "{{ bos_token }}{% for m in messages %}{% if m.role == 'x' %}{{ raise_exception('no x') }}{% endif %}"
                        + "[{{ m.role }}] {{ m.content }}{{ eos_token }}{% endfor %}");
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .withInput("""
                        {"messages":[{"role":"user","content":"你好 😀"}]}
                        {"messages":[{"role":"x","content":"a"}]}
                        """)
                .run(
                        "tokenizer",
                        "render",
                        "--template",
                        template.toString(),
                        "--bos-token",
                        "<s>",
                        "--eos-token",
                        "</s>");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).isEqualTo("{\"text\":\"<s>[user] 你好 😀</s>\"}\n{\"error\":\"no x\"}\n");
    }

    @Test
    void theTokenizerNamesTheLineThatIsNoConversation() throws Exception {
        Path template = Files.writeString(temp.resolve("t.jinja"), "{{ messages | length }}");
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .withInput("{\"messages\":[]}\n{\"massages\":[]}\n")
                .run("tokenizer", "render", "--template", template.toString());
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(10);
        assertThat(result.err()).contains("line 2").contains("messages");
    }

    @Test
    void theTokenizerThatIsNotThereIsNamed() throws Exception {
        BuiltProduct.Result result =
                BuiltProduct.in(temp).run("tokenizer", "encode", "--tokenizer", "no/tokenizer.json");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(10);
        assertThat(result.err()).contains("no/tokenizer.json");
    }
}

package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
    @TempDir
    private Path temp;

    @BeforeEach
    void files() throws IOException {
        TinyRun.write(temp);
    }

    @Test
    void provenanceHasTheDigestOfEveryFileThatARunBeganWith() throws Exception {
        StandIns.putModel(temp.resolve("base"));
        run("train", "run.yaml", "model_name_or_path=base", "train_from_scratch=false", "finetuning_type=lora",
                "lora_rank=2", "max_steps=1");
        JsonNode json = provenance();
        assertThat(json.at("/base/path").asText()).isEqualTo("base");
        assertThat(json.at("/base/dtype").asText()).isEqualTo("BF16");
        for (String name : new String[] {
            "config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"
        }) {
            JsonNode file = json.at("/base/files").path("base/" + name);
            assertThat(file.path("sha256").asText())
                    .as(name)
                    .isEqualTo(sha256(Files.readAllBytes(temp.resolve("base/" + name))));
            assertThat(file.path("bytes").asLong()).isEqualTo(Files.size(temp.resolve("base/" + name)));
        }
        assertThat(json.at("/base/files")).hasSize(5);
        assertThat(json.at("/datasets/data").path("data.jsonl").path("sha256").asText())
                .isEqualTo(sha256(Files.readAllBytes(temp.resolve("data.jsonl"))));
        String template = new ObjectMapper()
                .readTree(temp.resolve("base/tokenizer_config.json").toFile())
                .path("chat_template")
                .asText();
        assertThat(json.path("chat_template_sha256").asText())
                .isEqualTo(sha256(template.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aResumedRunReadsOnlyThoseFilesAgainThatChanged() throws Exception {
        run("train", "run.yaml", "max_steps=1");
        Path file = temp.resolve("out/provenance.json");
        String known = provenance().at("/base/files").path("model/config.json").path("sha256").asText();
        String marked = "0".repeat(64);
        Files.writeString(file, Files.readString(file).replace(known, marked));
        run("resume", "out", "max_steps=2");
        assertThat(configDigest()).as("size and time are as they were").isEqualTo(marked);
        Files.setLastModifiedTime(temp.resolve("model/config.json"), FileTime.fromMillis(1_700_000_000_000L));
        run("resume", "out", "max_steps=3");
        assertThat(configDigest()).isEqualTo(known);
    }

    private String configDigest() throws IOException {
        return provenance().at("/base/files").path("model/config.json").path("sha256").asText();
    }

    private JsonNode provenance() throws IOException {
        return new ObjectMapper().readTree(temp.resolve("out/provenance.json").toFile());
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private void run(String... arguments) throws Exception {
        BuiltProduct.in(temp).expect(0, arguments);
    }
}

package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bayling.tokenizer.Tokenizer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies beside the weights comes along, and says how the model was trained. */
class SideFilesTest {
    private static final String OWN_TEMPLATE = "{{ bos_token }}{% for m in messages %}"
            + "{{ '[' + m.role + '] ' + m.content + eos_token }}{% endfor %}{% if add_generation_prompt %}[assistant] {% endif %}";

    @TempDir
    private Path temp;

    @BeforeEach
    void files() throws IOException {
        TinyRun.write(temp);
    }

    @Test
    void everyFileOfTokenizerTemplateAndGenerationComesAlong() throws Exception {
        List<String> names = List.of(
                "generation_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt",
                "tokenizer.model", "chat_template.jinja", "additional_chat_templates/tool_use.jinja", "LICENSE.txt");
        Path source = temp.resolve("base");
        StandIns.putModel(source);
        Files.createDirectories(source.resolve("additional_chat_templates"));
        for (String name : names) {
            String content = name.endsWith(".json") ? "{\n  \"eos_token_id\": 1\n}\n" : "of the source";
            Files.writeString(source.resolve(name), content);
        }
        Files.writeString(source.resolve("chat_template.jinja"), OWN_TEMPLATE);
        run("convert", "--model", "base", "--output", "converted", "--dtype", "fp32");
        run("train", "run.yaml", "model_name_or_path=base", "train_from_scratch=false", "finetuning_type=lora",
                "lora_rank=2", "max_steps=1", "output_dir=adapter");
        run("merge", "--model", "adapter", "--output", "merged");
        run("train", "run.yaml", "model_name_or_path=base", "train_from_scratch=false", "max_steps=1",
                "output_dir=tuned");
        run("convert", "--model", "tuned", "--output", "converted-again");
        for (String copy : List.of("converted", "merged", "tuned/step-1", "converted-again")) {
            for (String name : names) {
                assertThat(temp.resolve(copy).resolve(name))
                        .as(copy)
                        .hasSameTextualContentAs(source.resolve(name));
            }
        }
    }

    @Test
    void theTemplateThatARunTrainedWithIsTheResultsOwn() throws Exception {
        Files.writeString(temp.resolve("own.jinja"), OWN_TEMPLATE);
        run("train", "run.yaml", "template=own.jinja", "output_dir=tuned");
        run("train", "run.yaml", "template=own.jinja", "model_name_or_path=tuned/step-6", "train_from_scratch=false",
                "finetuning_type=lora", "lora_rank=2", "max_steps=1", "output_dir=adapter");
        run("merge", "--model", "adapter", "--output", "merged");
        for (String place : List.of("tuned/step-6", "adapter/step-1", "merged")) {
            assertThat(temp.resolve(place).resolve("chat_template.jinja")).as(place).hasContent(OWN_TEMPLATE);
            assertThat(new ObjectMapper()
                            .readTree(temp.resolve(place).resolve("tokenizer_config.json").toFile())
                            .path("chat_template")
                            .asText())
                    .as(place)
                    .isEqualTo(OWN_TEMPLATE);
            try (Tokenizer tokenizer = Tokenizer.load(temp.resolve(place))) {
                assertThat(tokenizer.chatTemplate()).contains(OWN_TEMPLATE);
                assertThat(tokenizer.eosToken()).contains("</s>");
            }
        }
        // Talked to through the run's configuration, through the adapter's files, and through the model's own.
        String first = answer("adapter");
        Files.delete(temp.resolve("adapter/step-1/config.resolved.yaml"));
        assertThat(answer("adapter/step-1")).isEqualTo(first);
        assertThat(answer("merged")).isEqualTo(first);
    }

    @Test
    void theModelsOwnTemplateStaysWhereItIs() throws Exception {
        run("train", "run.yaml");
        assertThat(temp.resolve("out/step-6/chat_template.jinja")).doesNotExist();
        assertThat(temp.resolve("out/step-6/tokenizer_config.json"))
                .hasSameBinaryContentAs(temp.resolve("model/tokenizer_config.json"));
    }

    private String answer(String model) throws Exception {
        return run("generate", "--model", model, "--prompt", "What is 3 plus one?", "--json", "--greedy",
                "--max-new-tokens", "6").out();
    }

    private BuiltProduct.Result run(String... arguments) throws Exception {
        return BuiltProduct.in(temp).expect(0, arguments);
    }
}

package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bayling.io.FileTree;
import org.bayling.observe.JsonlLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code corpus build}, {@code verify}, {@code sample}, {@code report}, and training on what they made. */
class CorpusTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ITEMS = 400;

    @TempDir
    private Path temp;

    @BeforeEach
    void writeSources() throws IOException {
        StringBuilder english = new StringBuilder();
        StringBuilder french = new StringBuilder();
        StringBuilder chinese = new StringBuilder();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ITEMS; i++) {
            english.append("Book number ").append(i).append(" is red.\n");
            french.append("Le livre ").append(i).append(" est rouge.\n");
            chinese.append("第").append(i).append("本书是红色的。\n");
            rows.append("{\"instruction\": \"What is ").append(i).append(" plus one?\", \"output\": \"It is ")
                    .append(i + 1).append(".\"}\n");
        }
        Path flores = Files.createDirectories(temp.resolve("many"));
        Files.writeString(flores.resolve("eng_Latn.dev"), english);
        Files.writeString(flores.resolve("fra_Latn.dev"), french);
        Files.writeString(flores.resolve("zho_Hans.dev"), chinese);
        Files.writeString(temp.resolve("rows.jsonl"), rows);
        Files.writeString(temp.resolve("recipe.yaml"), """
                quality: none
                sources:
                  - {id: rows, kind: instructions, path: rows.jsonl, language: en, licence: CC0-1.0}
                  - {id: many, kind: multi_parallel, path: many, format: flores, licence: CC0-1.0}
                mixture:
                  samples: 60000
                  groups: {en: 20, cross-lingual: 80}
                  max_epochs: 100
                samples_per_shard: 1000
                """);
    }

    /** Killed while sources are read, while samples are made, while shards are written, and when the corpus appears. */
    @Test
    void aBuildThatIsKilledInEveryStageGoesOnToTheSameBytes() throws Exception {
        done("corpus", "build", "recipe.yaml", "--threads", "1", "--output", "whole");
        Path building = temp.resolve("killed.building");
        killWhen(() -> Files.exists(building));
        assertThat(building.resolve("gathered.json")).doesNotExist();
        killWhen(() -> Files.exists(building.resolve("generating.json")));
        assertThat(building.resolve("generated.json")).doesNotExist();
        killWhen(() -> building.resolve("written").toFile().list() != null
                && building.resolve("written").toFile().list().length > 4);
        assertThat(temp.resolve("killed")).doesNotExist();
        killWhen(() -> Files.exists(temp.resolve("killed")));

        BuiltProduct.Result last = Refusals.product(temp).run("corpus", "build", "recipe.yaml", "--output", "killed");
        if (last.exitCode() != 0) { // the last kill came when all was cleaned up already
            assertThat(last.err()).contains("killed: is there already");
        }
        assertThat(building).doesNotExist();
        Map<String, Integer> whole = Refusals.files(temp.resolve("whole"));
        assertThat(whole).hasSizeGreaterThan(60);
        assertThat(Refusals.files(temp.resolve("killed"))).isEqualTo(whole);
    }

    private void killWhen(Callable<Boolean> seen) throws Exception {
        try (BuiltProduct.Running build =
                Refusals.product(temp).start("corpus", "build", "recipe.yaml", "--output", "killed")) {
            while (build.process().isAlive() && !seen.call()) {
                Thread.sleep(1);
            }
            build.process().destroyForcibly().waitFor();
        }
    }

    @Test
    void aCorpusIsPlannedVerifiedSampledAndReported() throws Exception {
        assertThat(done("corpus", "plan", "recipe.yaml").out()).contains("cross-lingual fr", "en en");
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left).as("plan leaves nothing").hasSize(3);
        }
        done("corpus", "plan", "recipe.yaml", "--output", "corpus");
        BuiltProduct.Result built = done("corpus", "build", "recipe.yaml", "mixture.samples=2000", "--output", "corpus");
        assertThat(built.err()).as("goes on with what plan has read").doesNotContain("reading");
        assertThat(done("corpus", "verify", "corpus").out()).contains("2,000 samples in 2 shards");
        assertThat(done("corpus", "sample", "corpus", "--language", "fr", "--task", "translation", "-n", "2").out())
                .contains("translation", "user:", "assistant:", "livre");
        assertThat(done("corpus", "report", "corpus").out()).contains("report.html");
        assertThat(temp.resolve("corpus/report.html")).isNotEmptyFile();
    }

    @Test
    void trainingOnACorpusLogsTheLossOfEveryLanguageTaskAndGroup() throws Exception {
        done("corpus", "build", "recipe.yaml", "mixture.samples=96", "--output", "corpus");
        Files.writeString(temp.resolve("run.yaml"), """
                model_name_or_path: %s
                finetuning_type: lora
                lora_rank: 4
                lora_target: all
                datasets: [{path: corpus, format: messages}]
                cutoff_len: 1024
                per_device_train_batch_size: 8
                gradient_accumulation_steps: 1
                num_train_epochs: 1
                learning_rate: 1e-3
                precision: fp32
                output_dir: out
                """.formatted(StandIns.model()));
        done("train", "run.yaml");

        assertThat(lossesLogged("out")).hasSizeGreaterThan(10).isEqualTo(lossesExpected());
    }

    /** 32 languages in 48 short samples, with losses; gone on with in the middle, as after a kill behind the checkpoint. */
    @Test
    void smolLm2TunedOnACorpusLogsTheLossOfEveryLanguageAndGoesOnInTheSameOrder() throws Exception {
        Path model = Shared.path("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        Files.writeString(temp.resolve("languages.yaml"), """
                quality: none
                sources:
                  - {id: cldr, kind: cldr, licence: Unicode-3.0, categories: [territory, language], languages: [af, am, ar,
                     az, be, bg, bn, ca, cs, cy, da, de, el, es, et, eu, fa, fi, fr, ga, gl, gu, ha, he, hi, hr, hu, hy, id, is]}
                  - {id: zh, kind: instructions, path: %1$s/alpaca_zh_demo.json.gz, language: zh, licence: Apache-2.0}
                  - {id: en, kind: instructions, path: %1$s/alpaca_en_demo.json.gz, language: en, licence: Apache-2.0}
                mixture:
                  samples: 48
                  groups: {zh: 3, en: 3, cross-lingual: 42}
                  min_samples_per_language: 1
                """.formatted(Shared.path("data/instructions")));
        done("corpus", "build", "languages.yaml", "--output", "corpus");
        Files.writeString(temp.resolve("run.yaml"), """
                model_name_or_path: %s
                finetuning_type: lora
                lora_rank: 4
                datasets: [{path: corpus, format: messages}]
                cutoff_len: 96
                per_device_train_batch_size: 12
                max_steps: 4
                save_steps: 3
                precision: fp32
                output_dir: whole
                """.formatted(model));
        done("train", "run.yaml");
        assertThat(lossesLogged("whole")).hasSizeGreaterThan(32).isEqualTo(lossesExpected());

        BuiltProduct.copyTree(temp.resolve("whole"), temp.resolve("parts"));
        FileTree.delete(temp.resolve("parts/step-4"));
        BuiltProduct.Result resumed = done("train", "run.yaml", "output_dir=parts");
        assertThat(resumed.err()).contains("training goes on at step 4");
        assertThat(JsonlLog.comparable(temp.resolve("parts/log.jsonl")))
                .as("losses of all languages, and digests of the samples in their order")
                .isEqualTo(JsonlLog.comparable(temp.resolve("whole/log.jsonl")));
        assertThat(temp.resolve("parts/step-4/adapter_model.safetensors"))
                .hasSameBinaryContentAs(temp.resolve("whole/step-4/adapter_model.safetensors"));
    }

    private Set<String> lossesExpected() throws IOException {
        JsonNode manifest = JSON.readTree(temp.resolve("corpus/manifest.json").toFile());
        Set<String> expected = new TreeSet<>(Set.of("dataset/corpus"));
        manifest.get("languages").fieldNames().forEachRemaining(name -> expected.add("language/" + name));
        manifest.get("tasks").fieldNames().forEachRemaining(name -> expected.add("task/" + name));
        manifest.get("groups").fieldNames().forEachRemaining(name -> expected.add("group/" + name));
        return expected;
    }

    private Set<String> lossesLogged(String run) throws IOException {
        Set<String> logged = new TreeSet<>();
        for (String line : Files.readAllLines(temp.resolve(run).resolve("log.jsonl"))) {
            JSON.readTree(line).path("groups").properties().forEach(group -> {
                assertThat(group.getValue().get("loss").asDouble()).as(group.getKey()).isPositive();
                logged.add(group.getKey());
            });
        }
        return logged;
    }

    private BuiltProduct.Result done(String... arguments) throws Exception {
        BuiltProduct.Result result = Refusals.product(temp).run(arguments);
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return result;
    }
}

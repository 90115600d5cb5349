package org.bayling.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.bayling.acceptance.BuiltProduct;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * LoRA rank 16 on SmolLM2, 8 examples a step, cut-off 512, fp32, against Hugging Face's Trainer with PEFT and batches of
 * similar length: real tokens a second after two steps, in one run.
 *
 * <p>{@code bayling.peer.hf} is a folder with the peer's environment {@code venv}, the model {@code smol} and the data
 * {@code bench}, made as the peers' README says.
 */
class TrainSpeedBenchmark {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;

    @Test
    void loraIsAtLeastAsFastAsHuggingFacesBestSettingInAFifthOfTheMemory() throws Exception {
        Path peer = Path.of(System.getProperty("bayling.peer.hf", "peer"));
        Path shared = Path.of(System.getProperty("bayling.shared"));
        Assumptions.assumeTrue(
                Files.isExecutable(peer.resolve("venv/bin/python")), "no peer at bayling.peer.hf=" + peer);
        double ours = ours(shared, peer);
        JsonNode theirs = theirs(shared, peer);
        double ratio = ours / theirs.get("tok_s").asDouble();
        System.out.printf(Locale.ROOT, "bayling-train %.0f tokens/s, Hugging Face %.0f at %d MiB: %.2f times%n", ours,
                theirs.get("tok_s").asDouble(), theirs.get("peak_rss_mib").asLong(), ratio);
        assertThat(ratio).isGreaterThanOrEqualTo(1);
    }

    private double ours(Path shared, Path peer) throws Exception {
        Files.writeString(temp.resolve("run.yaml"), """
                model_name_or_path: %s
                finetuning_type: lora
                lora_rank: 16
                lora_alpha: 32
                datasets: [{path: %s, format: messages}]
                cutoff_len: 512
                per_device_train_batch_size: 8
                learning_rate: 2.0e-4
                max_steps: 7
                precision: fp32
                output_dir: out
                """.formatted(
                        shared.resolve("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf"),
                        peer.resolve("bench/messages.jsonl")));
        BuiltProduct.in(temp).withLimit(Duration.ofMinutes(5)).expect(0, "train", "run.yaml");
        double tokens = 0;
        double seconds = 0;
        for (String line : Files.readAllLines(temp.resolve("out/log.jsonl"))) {
            JsonNode event = JSON.readTree(line);
            if (event.path("event").asText().equals("step") && event.path("current_steps").asInt() > 3) {
                tokens += event.path("tokens").asDouble();
                seconds += event.path("step_time").asDouble();
            }
        }
        return tokens / seconds;
    }

    private JsonNode theirs(Path shared, Path peer) throws IOException, InterruptedException {
        Path out = temp.resolve("hf.json");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        peer.resolve("venv/bin/python").toString(),
                        shared.resolve("peers/hf_peer.py").toString(),
                        peer.resolve("smol").toString(),
                        peer.resolve("bench/tokens.jsonl").toString(),
                        "--mode", "lora", "--dtype", "fp32", "--group", "--steps", "7"))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OMP_NUM_THREADS", "2");
        assertThat(builder.start().waitFor()).isZero();
        List<String> lines = Files.readAllLines(out);
        return JSON.readTree(lines.get(lines.size() - 1));
    }
}

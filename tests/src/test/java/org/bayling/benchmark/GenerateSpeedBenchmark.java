package org.bayling.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.generate.BatchGenerator;
import org.bayling.generate.GenerationRequest;
import org.bayling.generate.GenerationResult;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.StopRule;
import org.bayling.model.LlamaConfig;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.bayling.model.ModelPrecision;
import org.bayling.tensor.Kernels;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SmolLM2 in fp32, 64 prompts, 64 greedy tokens for each, against Hugging Face's {@code generate} with prompts sorted
 * by length and its best batch size; both in turn, twice. Loading is not counted.
 *
 * <p>{@code bayling.peer.hf} is a folder as {@link TrainSpeedBenchmark} says.
 */
class GenerateSpeedBenchmark {
    private static final int PROMPTS = 64;
    private static final int NEW_TOKENS = 64;
    private static final int TURNS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Prints a JSON line for each batch size: tokens a second, and the tokens. */
    private static final String PEER = """
            import json, sys, time, torch
            from transformers import AutoModelForCausalLM
            model, prompts, new = sys.argv[1], json.load(open(sys.argv[2])), int(sys.argv[3])
            m = AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32).eval()
            m.generation_config.eos_token_id = None
            order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
            for size in map(int, sys.argv[4:]):
              out, start = [None] * len(prompts), time.time()
              for b in range(0, len(order), size):
                batch = [prompts[i] for i in order[b:b + size]]
                longest = max(map(len, batch))
                ids = torch.tensor([[0] * (longest - len(p)) + p for p in batch])
                mask = torch.tensor([[0] * (longest - len(p)) + [1] * len(p) for p in batch])
                with torch.no_grad():
                  found = m.generate(input_ids=ids, attention_mask=mask, do_sample=False, max_new_tokens=new,
                                     pad_token_id=0)
                for i, row in zip(order[b:b + size], found[:, longest:].tolist()): out[i] = row
              seconds = time.time() - start
              print(json.dumps({"size": size, "tok_s": sum(map(len, out)) / seconds, "tokens": out}), flush=True)
            """;

    @TempDir
    private Path temp;

    @Test
    void generationIsTwiceAsFastAsHuggingFaceWithItsBestBatchSize() throws Exception {
        Path peer = Path.of(System.getProperty("bayling.peer.hf", "peer"));
        Assumptions.assumeTrue(
                Files.isExecutable(peer.resolve("venv/bin/python")), "no peer at bayling.peer.hf=" + peer);
        List<int[]> prompts = prompts(peer.resolve("bench/tokens.jsonl"));
        double ours = 0;
        double theirs = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            List<int[]> answers = new ArrayList<>();
            double own = ours(peer.resolve("smol"), prompts, answers);
            JsonNode best = theirs(peer, prompts);
            System.out.printf(Locale.ROOT, "bayling-train %.0f tokens/s, Hugging Face %.0f (%d at a time): %.2f times; "
                    + "%d of %d answers are the same%n", own, best.get("tok_s").asDouble(), best.get("size").asInt(),
                    own / best.get("tok_s").asDouble(), same(answers, best.get("tokens")), PROMPTS);
            ours = Math.max(ours, own);
            theirs = Math.max(theirs, best.get("tok_s").asDouble());
        }
        assertThat(ours / theirs).isGreaterThanOrEqualTo(2);
    }

    /** What comes before the first answer in each of the first examples. */
    private static List<int[]> prompts(Path tokens) throws IOException {
        List<int[]> prompts = new ArrayList<>();
        for (String line : Files.readAllLines(tokens).subList(0, PROMPTS)) {
            JsonNode example = JSON.readTree(line);
            int length = 0;
            while (example.get("labels").get(length).asInt() < 0) {
                length++;
            }
            int[] prompt = new int[length];
            for (int i = 0; i < length; i++) {
                prompt[i] = example.get("input_ids").get(i).asInt();
            }
            prompts.add(prompt);
        }
        return prompts;
    }

    private static double ours(Path model, List<int[]> prompts, List<int[]> answers) throws IOException {
        try (Kernels kernels = Kernels.open(OptionalInt.of(2));
                ModelFiles files = ModelFiles.open(model);
                LlamaModel llama = new ModelLoader(
                                kernels,
                                LlamaConfig.of(files.config(), model.toString()),
                                Optional.of(files.tensors()),
                                Optional.empty(),
                                Optional.empty(),
                                ModelLoader.Trained.NOTHING,
                                ModelPrecision.FP32,
                                0)
                        .load();
                BatchGenerator generator = new BatchGenerator(kernels, llama, Optional.empty(), 1L << 30)) {
            long start = System.nanoTime();
            List<GenerationResult> results = generator.run(
                    prompts.stream().map(GenerationRequest::of).toList(),
                    GenerationSettings.defaults().withMaxNewTokens(NEW_TOKENS),
                    StopRule.of());
            double seconds = (System.nanoTime() - start) / 1e9;
            results.forEach(result -> answers.add(result.ids()));
            return answers.stream().mapToInt(ids -> ids.length).sum() / seconds;
        }
    }

    private JsonNode theirs(Path peer, List<int[]> prompts) throws IOException, InterruptedException {
        Path script = Files.writeString(temp.resolve("peer.py"), PEER);
        Path asked = temp.resolve("prompts.json");
        JSON.writeValue(asked.toFile(), prompts);
        Path out = temp.resolve("out.jsonl");
        ProcessBuilder builder = new ProcessBuilder(
                        peer.resolve("venv/bin/python").toString(),
                        script.toString(),
                        peer.resolve("smol").toString(),
                        asked.toString(),
                        String.valueOf(NEW_TOKENS),
                        "16",
                        "32",
                        "64")
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OMP_NUM_THREADS", "2");
        assertThat(builder.start().waitFor()).isZero();
        JsonNode best = null;
        for (String line : Files.readAllLines(out)) {
            JsonNode run = JSON.readTree(line);
            best = best == null || run.get("tok_s").asDouble() > best.get("tok_s").asDouble() ? run : best;
        }
        return best;
    }

    private static long same(List<int[]> answers, JsonNode theirs) {
        long same = 0;
        for (int i = 0; i < answers.size(); i++) {
            same += JSON.valueToTree(answers.get(i)).equals(theirs.get(i)) ? 1 : 0;
        }
        return same;
    }
}

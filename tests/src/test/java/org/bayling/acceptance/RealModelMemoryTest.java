package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Peak memory and step time of LoRA on SmolLM2, whole processes, as the kernel counts them ({@code VmHWM}).
 *
 * <p>The figures are printed. Times are compared with {@code -Dbayling.benchmarks=true} only: on a shared machine those of
 * two processes differ by themselves. The fastest step of each counts, and a pair that misses the limit is measured
 * again, in turn, up to four times.
 */
class RealModelMemoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MIB = 1L << 20;
    /** Blocks above this size go back to the system when they are freed, so that the peak is what was in use at once. */
    private static final String EXACT_PEAK = "glibc.malloc.mmap_threshold=400000";

    @TempDir
    private Path temp;

    private Path gguf;

    private record Measured(long peak, double seconds) {}

    @BeforeEach
    void files() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "peak memory is read from /proc: Linux only");
        gguf = Shared.path("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        Files.writeString(temp.resolve("run.yaml"), """
                model_name_or_path: %s
                finetuning_type: lora
                lora_rank: 16
                lora_alpha: 32
                datasets: [{path: %s, format: alpaca}]
                cutoff_len: 512
                per_device_train_batch_size: 8
                learning_rate: 2.0e-4
                max_steps: 2
                precision: fp32
                output_dir: out
                """.formatted(gguf, Shared.path("data/instructions/alpaca_en_demo.json.gz")));
    }

    @Test
    void eightExamplesAStepOfRankSixteenStayBelowThreeGibibytes() throws Exception {
        Measured run = train("");
        System.out.printf(Locale.ROOT, "LoRA r16, 8 a step, fp32: peak %d MiB, %.2f s a 1,000 tokens%n", run.peak / MIB, run.seconds);
        assertThat(run.peak).isLessThan(3072 * MIB);
    }

    @Test
    void aBaseStoredInBfloat16TakesLessMemoryByItsWeights() throws Exception {
        Measured wide = train(EXACT_PEAK, "model_name_or_path=" + stored("fp32"));
        Measured narrow = train(EXACT_PEAK, "model_name_or_path=" + stored("bf16"), "precision=bf16");
        print(wide, "auto", narrow);
        assertSaved(wide, narrow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "fp32"})
    void aBaseStoredInBfloat16HardlyTakesMoreTime(String product) throws Exception {
        Assumptions.assumeTrue(
                Boolean.getBoolean("bayling.benchmarks"), "times of whole processes: with -Dbayling.benchmarks=true");
        Measured wide = null;
        Measured narrow = null;
        for (int attempt = 0; attempt < 4 && (narrow == null || narrow.seconds > 1.15 * wide.seconds); attempt++) {
            wide = fastest(wide, train(EXACT_PEAK, "model_name_or_path=" + stored("fp32")));
            narrow = fastest(
                    narrow,
                    train(
                            EXACT_PEAK,
                            "model_name_or_path=" + stored("bf16"),
                            "precision=bf16",
                            "product_dtype=" + product));
            print(wide, product, narrow);
        }
        assertThat(narrow.seconds).as("seconds a 1,000 tokens").isLessThanOrEqualTo(1.15 * wide.seconds);
        assertSaved(wide, narrow);
    }

    private static void print(Measured wide, String product, Measured narrow) {
        System.out.printf(
                Locale.ROOT,
                "base stored in fp32: peak %d MiB, %.2f s a 1,000 tokens; in bf16, product_dtype %s: %d MiB, %.2f s%n",
                wide.peak / MIB, wide.seconds, product, narrow.peak / MIB, narrow.seconds);
    }

    private void assertSaved(Measured wide, Measured narrow) throws IOException {
        long saved = Files.size(temp.resolve("fp32/model.safetensors"))
                - Files.size(temp.resolve("bf16/model.safetensors"));
        // One layer and a block of the head are wide at a time: 14 and 9 MiB. The rest is the Java heap's own mood.
        assertThat(wide.peak - narrow.peak).as("bytes saved").isGreaterThan(saved - 48 * MIB);
    }

    private static Measured fastest(Measured before, Measured now) {
        return before == null ? now : new Measured(now.peak, Math.min(before.seconds, now.seconds));
    }

    /** The model's weights in another dtype, converted at the first call. */
    private String stored(String dtype) throws Exception {
        if (!Files.exists(temp.resolve(dtype))) {
            BuiltProduct.in(temp)
                    .expect(0, "convert", "--model", gguf.toString(), "--output", dtype, "--dtype", dtype);
        }
        return dtype;
    }

    private Measured train(String tunables, String... overrides) throws Exception {
        String[] arguments = new String[overrides.length + 3];
        arguments[0] = "train";
        arguments[1] = "run.yaml";
        arguments[2] = "output_dir=out-" + System.nanoTime();
        System.arraycopy(overrides, 0, arguments, 3, overrides.length);
        BuiltProduct product = BuiltProduct.in(temp)
                .withLimit(Duration.ofMinutes(4))
                .withEnvironment("BAYLING_JAVA_OPTS", "-Xms256m -Xmx256m -XX:+AlwaysPreTouch");
        if (!tunables.isEmpty()) {
            product = product.withEnvironment("GLIBC_TUNABLES", tunables);
        }
        long peak = 0;
        try (BuiltProduct.Running run = product.start(arguments)) {
            while (run.process().isAlive()) {
                peak = Math.max(peak, highWaterMark(run.process().pid()));
                Thread.sleep(20);
            }
            BuiltProduct.Result result = run.await();
            assertThat(result.exitCode()).as(result.toString()).isZero();
        }
        return new Measured(peak, fastestStep(temp.resolve(arguments[2].substring("output_dir=".length()))));
    }

    private static long highWaterMark(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException ended) {
            // The process ended between two looks.
        }
        return 0;
    }

    private static double fastestStep(Path run) throws IOException {
        double fastest = Double.MAX_VALUE;
        for (String line : Files.readAllLines(run.resolve("log.jsonl"))) {
            JsonNode event = JSON.readTree(line);
            if (event.path("event").asText().equals("step")) {
                // Steps have different examples, the same in every run; seconds a token make them comparable.
                fastest = Math.min(fastest, event.path("step_time").asDouble() / event.path("tokens").asDouble() * 1000);
            }
        }
        return fastest;
    }
}

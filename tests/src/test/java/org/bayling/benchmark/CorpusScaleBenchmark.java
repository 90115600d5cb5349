package org.bayling.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bayling.acceptance.BuiltProduct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * BayLing 2's 3.2 million samples in one run: 43.2 % Chinese, 26.2 % English, 30.6 % cross-lingual in twelve languages,
 * from sources enlarged by numbering.
 *
 * <pre>{@code mvn verify -pl tests -am -Dbayling.benchmarks=true -Dtest=CorpusScaleBenchmark
 *     -Dsurefire.failIfNoSpecifiedTests=false}</pre>
 */
@EnabledIfSystemProperty(named = "bayling.benchmarks", matches = "true")
class CorpusScaleBenchmark {
    private static final long SAMPLES = 3_200_000;
    private static final int ROWS = 720_000;
    private static final int LINES = 6_000;
    private static final List<String> LANGUAGES =
            List.of("eng_Latn", "zho_Hans", "fra_Latn", "deu_Latn", "spa_Latn", "por_Latn", "ita_Latn", "nld_Latn",
                    "swe_Latn", "fin_Latn", "tur_Latn", "vie_Latn", "ind_Latn", "swh_Latn");
    private static final long MOST_BYTES = 2L << 30;
    private static final double LEAST_A_SECOND = 20_000;

    @TempDir
    private Path temp;

    @Test
    void threeMillionSamplesTakeTwoGibibytesAndAreWrittenAtTwentyThousandASecond() throws Exception {
        writeSources();
        BuiltProduct product = BuiltProduct.in(temp)
                .withEnvironment("BAYLING_JAVA_OPTS", "-Xmx1100m")
                .withLimit(Duration.ofMinutes(10));
        long peak = 0;
        long started = System.nanoTime();
        try (BuiltProduct.Running build = product.start("corpus", "build", "recipe.yaml", "--output", "corpus")) {
            while (build.process().isAlive()) {
                peak = Math.max(peak, peakMemory(build.process().pid()));
                Thread.sleep(200);
            }
            BuiltProduct.Result result = build.await();
            assertThat(result.exitCode()).as(result.toString()).isZero();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        Files.writeString(
                Path.of("target/corpus-scale.txt"),
                String.format("%.1f s, %.0f samples/s, peak %d MiB%n", seconds, SAMPLES / seconds, peak >> 20));
        assertThat(peak).as("peak memory").isLessThanOrEqualTo(MOST_BYTES);
        assertThat(SAMPLES / seconds).as("samples a second, reading and planning included").isGreaterThan(LEAST_A_SECOND);
    }

    /** Bytes that were resident at most, as the kernel counts them; 0 when the process is gone. */
    private static long peakMemory(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    private void writeSources() throws IOException {
        rows("zh.jsonl", "请说明第%d号图书馆里有哪些书，并按类别列出来。", "第%d号图书馆里有历史、科学和文学三类书，每一类都有几百本，读者可以借走。");
        rows("en.jsonl", "Explain which books library number %d holds, and list them by kind.",
                "Library number %d holds history, science and literature, a few hundred books of each, free to be lent.");
        Path many = Files.createDirectories(temp.resolve("many"));
        for (String language : LANGUAGES) {
            try (BufferedWriter out = Files.newBufferedWriter(many.resolve(language + ".dev"))) {
                for (int i = 0; i < LINES; i++) {
                    String own = language.substring(0, 3);
                    out.write(("Zal" + i + " %smi %sla %stero " + i * 7 + " %sko %srubo %sden %sfalo.\n").replace("%s", own));
                }
            }
        }
        StringBuilder recipe = new StringBuilder("""
                quality: {skip: [script-mismatch, language-id, near-duplicate]}
                sources:
                  - {id: zh, kind: instructions, path: zh.jsonl, language: zh, licence: none}
                  - {id: en, kind: instructions, path: en.jsonl, language: en, licence: none}
                  - {id: many, kind: multi_parallel, path: many, format: flores, licence: none}
                """);
        recipe.append("mixture: {samples: ").append(SAMPLES).append(", max_epochs: 2}\n");
        Files.writeString(temp.resolve("recipe.yaml"), recipe);
    }

    private void rows(String file, String question, String answer) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(temp.resolve(file))) {
            for (int i = 0; i < ROWS; i++) {
                out.write("{\"instruction\": \"" + question.replace("%d", Integer.toString(i)) + "\", \"output\": \""
                        + answer.replace("%d", Integer.toString(i)) + "\"}\n");
            }
        }
    }
}

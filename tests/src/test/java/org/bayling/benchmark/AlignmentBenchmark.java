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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code align} over the declarations in a hundred languages with SmolLM2: every paragraph of the articles, every layer.
 *
 * <pre>{@code mvn verify -pl tests -am -Dbayling.benchmarks=true -Dtest=AlignmentBenchmark
 *     -Dsurefire.failIfNoSpecifiedTests=false}</pre>
 */
@EnabledIfSystemProperty(named = "bayling.benchmarks", matches = "true")
class AlignmentBenchmark {
    private static final List<String> LANGUAGES = List.of("""
            eng cmn_hans aar abk afr aka_akuapem amh arb ayr azj_cyrl bam bel ben bis bod bos_cyrl bre bul cat ccx ces
            cha cos cym dan deu_1901 ell_monotonic epo est eus ewe fao fij fri gax gla gle glg gug guj hat_kreyol hau_NE
            heb hin hrv hun hye ibo ind isl ita jav jpn kal kan kat kaz khm kin kmr kor lao lat lin lit ltz mah mar mlt
            mya nav nld nob nya_chechewa oss pbu pes_1 pol por_BR ron_1953 run rus san sin slk slv sna srp_cyrl swe tam
            tat tel tgk tha tir tur ukr urd vie zul""".split("\\s+"));
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long MOST_BYTES = 2L << 30;

    @TempDir
    private Path temp;

    @Test
    void aHundredLanguagesTakeTenMinutesAtMost() throws Exception {
        Path shared = Path.of(System.getProperty("bayling.shared"));
        Path model = shared.resolve("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        Path data = shared.resolve("data/udhr/declarations.jsonl.gz");
        Assumptions.assumeTrue(Files.exists(model), "the model is not at " + model);
        Assumptions.assumeTrue(Files.exists(data), "the declarations are not at " + data);
        assertThat(LANGUAGES).hasSize(100);
        long peak = 0;
        long peakOfComparison = 0;
        long started = System.nanoTime();
        try (BuiltProduct.Running align = BuiltProduct.in(temp)
                .withLimit(LONGEST.multipliedBy(2))
                .start("align", "--model", model.toString(), "--data", data.toString(), "--languages",
                        String.join(",", LANGUAGES), "--output", "alignment")) {
            while (align.process().isAlive()) {
                peak = Math.max(peak, peakMemory(align.process().toHandle()));
                peakOfComparison = Math.max(
                        peakOfComparison,
                        align.process().descendants().mapToLong(AlignmentBenchmark::peakMemory).max().orElse(0));
                Thread.sleep(200);
            }
            BuiltProduct.Result result = align.await();
            assertThat(result.exitCode()).as(result.toString()).isZero();
            Files.writeString(Path.of("target/alignment.txt"), result.out());
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        JsonNode json = new ObjectMapper().readTree(temp.resolve("alignment/alignment.json").toFile());
        long tokens = json.findValues("tokens").stream().mapToLong(JsonNode::asLong).sum();
        System.out.printf(
                Locale.ROOT, "align: %d languages, %d sentences each, %d tokens, %.0f s; peak %d MiB, comparison %d MiB%n",
                json.path("languages").size(), json.path("sentences").asInt(), tokens, seconds, peak >> 20,
                peakOfComparison >> 20);
        assertThat(json.path("languages")).hasSize(LANGUAGES.size());
        assertThat(seconds).isLessThan(LONGEST.toSeconds());
        assertThat(peak + peakOfComparison).as("peak memory of both processes").isLessThan(MOST_BYTES);
    }

    /** Bytes that were resident at most, as the kernel counts them; 0 when the process is gone. */
    private static long peakMemory(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }
}

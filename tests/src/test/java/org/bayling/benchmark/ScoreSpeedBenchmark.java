package org.bayling.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.bayling.acceptance.BuiltProduct;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code score} against sacreBLEU, 200,000 pairs, BLEU and chrF++, whole processes by the clock. The system property
 * {@code bayling.peer.sacrebleu} names sacreBLEU 2.6.0's program.
 */
class ScoreSpeedBenchmark {
    private static final int PAIRS = 200_000;
    private static final int REPETITIONS = 3;

    @TempDir
    private Path temp;

    @Test
    void scoreIsThreeTimesAsFastAsSacrebleuInAQuarterGibibyteOfHeap() throws Exception {
        Path peer = Path.of(System.getProperty("bayling.peer.sacrebleu", "sacrebleu"));
        Assumptions.assumeTrue(
                Files.isExecutable(peer), "sacreBLEU's program is not at bayling.peer.sacrebleu=" + peer);
        writePairs();
        double ours = Double.MAX_VALUE;
        String out = "";
        for (int i = 0; i < REPETITIONS; i++) {
            long start = System.nanoTime();
            BuiltProduct.Result result = BuiltProduct.in(temp)
                    .withEnvironment("BAYLING_JAVA_OPTS", "-Xmx256m")
                    .run("score", "--hyp", "hyp", "--ref", "ref", "--metrics", "bleu,chrf++", "--format", "json");
            ours = Math.min(ours, (System.nanoTime() - start) / 1e9);
            assertThat(result.exitCode()).as(result.toString()).isZero();
            out = result.out();
        }
        Path theirsOut = temp.resolve("sacrebleu.json");
        long start = System.nanoTime();
        int exit = new ProcessBuilder(
                        peer.toString(), "ref", "-i", "hyp", "-m", "bleu", "chrf", "--chrf-word-order", "2", "-w", "9")
                .directory(temp.toFile())
                .redirectOutput(theirsOut.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        double theirs = (System.nanoTime() - start) / 1e9;
        assertThat(exit).isZero();
        System.out.printf(Locale.ROOT, "score %.1f s, sacreBLEU %.1f s: %.1f times%n", ours, theirs, theirs / ours);
        ObjectMapper json = new ObjectMapper();
        JsonNode expected = json.readTree(theirsOut.toFile());
        JsonNode scores = json.readTree(out).get("scores");
        assertThat(scores.at("/bleu/score").asDouble())
                .isCloseTo(expected.at("/0/score").asDouble(), within(1e-8));
        assertThat(scores.at("/chrf++/score").asDouble())
                .isCloseTo(expected.at("/1/score").asDouble(), within(1e-8));
        assertThat(theirs / ours)
                .as("sacreBLEU %.1f s, score %.1f s", theirs, ours)
                .isGreaterThanOrEqualTo(3);
    }

    /** Both sides of the corpora, shuffled and repeated; the outputs with words dropped, doubled and swapped. */
    private void writePairs() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String pair : List.of("cs", "de", "is", "ru", "zh")) {
            texts.addAll(read("train." + pair + "-en.jsonl.gz"));
        }
        Collections.shuffle(texts, new Random(1));
        SplittableRandom random = new SplittableRandom(2);
        try (BufferedWriter outputs = Files.newBufferedWriter(temp.resolve("hyp"));
                BufferedWriter references = Files.newBufferedWriter(temp.resolve("ref"))) {
            for (int i = 0; i < PAIRS; i++) {
                String text = texts.get(i % texts.size());
                references.write(text + "\n");
                outputs.write(damaged(text, random) + "\n");
            }
        }
    }

    private static String damaged(String text, SplittableRandom random) {
        String[] words = text.split(" ");
        List<String> kept = new ArrayList<>();
        for (String word : words) {
            double chance = random.nextDouble();
            if (chance >= 0.08) {
                kept.add(word);
            }
            if (chance > 0.95) {
                kept.add(words[random.nextInt(words.length)]);
            }
        }
        if (kept.size() > 1) {
            int at = random.nextInt(kept.size() - 1);
            Collections.swap(kept, at, at + 1);
        }
        int cut = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
        return words.length < 4 ? text.substring(0, cut) : String.join(" ", kept);
    }

    private static List<String> read(String name) throws IOException {
        Path file = Path.of(System.getProperty("bayling.shared"), "data", "wmt-dev", name);
        Assumptions.assumeTrue(Files.exists(file), "the texts are not at " + file);
        List<String> texts = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode pair = json.readTree(line);
                texts.add(pair.get("src").asText().replace('\n', ' '));
                texts.add(pair.get("tgt").asText().replace('\n', ' '));
            }
        }
        return texts;
    }
}

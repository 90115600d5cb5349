package org.bayling.evaluation.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ChrfGoldenTest {

    @Test
    void everyScoreEqualsSacrebleusInCorpusAndSentences() throws IOException {
        Path metrics = metrics();
        int compared = 0;
        JsonNode root = new ObjectMapper().readTree(metrics.resolve("scores.json").toFile());
        assertThat(root.get("sacrebleu").asText()).isEqualTo(Chrf.SACREBLEU);
        for (JsonNode entry : root.get("scores")) {
            if (entry.get("metric").asText().startsWith("chrf")) {
                compare(metrics, entry);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(96);
    }

    private static void compare(Path metrics, JsonNode entry) throws IOException {
        JsonNode options = entry.get("options");
        Chrf chrf = new Chrf(
                options.path("char_order").asInt(6),
                options.path("word_order").asInt(0),
                options.path("beta").asDouble(2),
                options.path("lowercase").asBoolean(),
                options.path("whitespace").asBoolean(),
                options.path("eps_smoothing").asBoolean());
        String set = entry.get("set").asText();
        int count = entry.get("references").asInt();
        List<String> hypotheses = lines(metrics.resolve(set + ".hyp.gz"));
        List<String> first = lines(metrics.resolve(set + ".ref.gz"));
        List<String> second = lines(metrics.resolve(set + ".ref2.gz"));
        List<List<String>> references = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            references.add(count == 1 ? List.of(first.get(i)) : List.of(first.get(i), second.get(i)));
        }
        String name = set + " " + entry.get("signature").asText();
        assertThat(chrf.signature(count)).isEqualTo(entry.get("signature").asText());
        assertThat(chrf.corpus(hypotheses, references))
                .as(name)
                .isCloseTo(entry.get("score").asDouble(), within(1e-9));
        JsonNode sentences = entry.get("sentences");
        assertThat(sentences).isNotEmpty();
        for (int i = 0; i < sentences.size(); i++) {
            assertThat(chrf.sentence(hypotheses.get(i), references.get(i)))
                    .as(name + ", sentence " + (i + 1))
                    .isCloseTo(sentences.get(i).asDouble(), within(1e-9));
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
            if (lines.get(lines.size() - 1).isEmpty()) {
                lines.remove(lines.size() - 1);
            }
            return lines;
        }
    }

    private static Path metrics() {
        String shared = System.getProperty("bayling.shared", System.getenv("BAYLING_SHARED"));
        Path metrics = Path.of(shared == null ? "shared" : shared, "golden", "metrics");
        Assumptions.assumeTrue(
                Files.isRegularFile(metrics.resolve("scores.json")), "sacreBLEU's numbers are not at " + metrics);
        return metrics;
    }
}

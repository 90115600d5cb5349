package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eval translation} as a person runs it: killed in the middle, and its scores beside those of {@code score}. */
class EvalTranslationTest {
    private static final int LINES = 150;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;

    @Test
    void aTranslationThatIsKilledGoesOnToTheSameScoresAndTheseAreScores() throws Exception {
        writeFlores();
        BuiltProduct.in(temp).expect(0, command("whole"));
        Path answers = temp.resolve("killed/answers.jsonl");
        try (BuiltProduct.Running run = BuiltProduct.in(temp).start(command("killed"))) {
            while (run.process().isAlive() && lines(answers) < 30) {
                Thread.sleep(5);
            }
            run.process().destroyForcibly().waitFor();
        }
        assertThat(temp.resolve("killed/results.json")).as("ended before it was killed").doesNotExist();
        String known = text(answers).substring(0, text(answers).lastIndexOf('\n') + 1);

        BuiltProduct.Result again = BuiltProduct.in(temp).expect(0, command("killed"));
        assertThat(again.err()).contains((known.lines().count() - 1) + " items are there");
        assertThat(text(answers)).startsWith(known);
        assertThat(lines(answers)).as("each answered once").isEqualTo(2 * LINES + 1);
        for (String file : List.of("results.json", "items.jsonl")) {
            assertThat(text(temp.resolve("killed").resolve(file)))
                    .isEqualTo(text(temp.resolve("whole").resolve(file)));
        }
        scoresAreThoseOfTheVerbScore("eng_Latn", "deu_Latn", "en-de");
        scoresAreThoseOfTheVerbScore("eng_Latn", "zho_Hans", "en-zh");
    }

    private void scoresAreThoseOfTheVerbScore(String source, String target, String pair) throws Exception {
        List<String> hypotheses = new ArrayList<>();
        for (String line : Files.readAllLines(temp.resolve("whole/items.jsonl"))) {
            JsonNode item = JSON.readTree(line);
            if (item.get("language").asText().equals(target)) {
                hypotheses.add(item.get("hypothesis").asText());
            }
        }
        assertThat(hypotheses).hasSize(LINES);
        Files.write(temp.resolve(pair), hypotheses);
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .expect(
                        0, "score", "--hyp", pair, "--ref", "flores/devtest/" + target + ".devtest", "--lang-pair",
                        pair, "--metrics", "bleu,chrf++,ter", "--format", "json");
        JsonNode scores = JSON.readTree(result.out()).get("scores");
        JsonNode found = JSON.readTree(temp.resolve("whole/results.json").toFile()).get("scores");
        int compared = 0;
        for (JsonNode score : found) {
            String metric = score.get("metric").asText();
            if (score.path("language").asText().equals(target) && score.has("source") && scores.has(metric)) {
                assertThat(score.get("value").asDouble()).as(score.toString())
                        .isEqualTo(scores.get(metric).get("score").asDouble());
                assertThat(score.get("signature").asText())
                        .isEqualTo(scores.get(metric).get("signature").asText());
                compared++;
            }
        }
        assertThat(compared).as("metrics of " + source + " to " + target).isEqualTo(3);
    }

    private static String[] command(String output) {
        return new String[] {
            "eval", "translation", "--model", StandIns.model().toString(), "--data", "flores", "--directions",
            "en-de,en-zh", "--metrics", "bleu,chrf++,ter", "--num-beams", "2", "--max-new-tokens", "24",
            "--output", output
        };
    }

    private void writeFlores() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("flores/devtest"));
        StringBuilder english = new StringBuilder();
        StringBuilder german = new StringBuilder();
        StringBuilder chinese = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            english.append("Book number ").append(i).append(" is red.\n");
            german.append("Das Buch Nummer ").append(i).append(" ist rot.\n");
            chinese.append("第").append(i).append("本书是红色的。\n");
        }
        Files.writeString(folder.resolve("eng_Latn.devtest"), english);
        Files.writeString(folder.resolve("deu_Latn.devtest"), german);
        Files.writeString(folder.resolve("zho_Hans.devtest"), chinese);
    }

    private static long lines(Path file) throws IOException {
        return text(file).chars().filter(c -> c == '\n').count();
    }

    /** Also of a file that is not there yet, or that ends within a character. */
    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }
}

package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eval run} as a person runs it, killed in the middle. */
class EvaluationTest {
    private static final int QUESTIONS = 6000;
    private static final int LINES = 100;
    private static final int ALL = QUESTIONS + LINES;

    @TempDir
    private Path temp;

    @Test
    void anEvaluationThatIsKilledGoesOnToTheSameScores() throws Exception {
        writeSuite();
        BuiltProduct.in(temp).expect(0, command("whole"));
        Path kept = temp.resolve("killed/likelihoods.jsonl");
        try (BuiltProduct.Running run = BuiltProduct.in(temp).start(command("killed"))) {
            while (run.process().isAlive() && lines(kept) < 500) {
                Thread.sleep(5);
            }
            run.process().destroyForcibly().waitFor();
        }
        assertThat(temp.resolve("killed/results.json")).as("ended before it was killed").doesNotExist();
        long before = lines(kept);
        String known = text(kept).substring(0, text(kept).lastIndexOf('\n') + 1);

        BuiltProduct.Result again = BuiltProduct.in(temp).expect(0, command("killed"));
        assertThat(again.err()).contains((before - 1) + " items are there");
        assertThat(text(kept)).startsWith(known);
        // Nothing that was there is computed again, but for the row of two dozen questions that was being written.
        assertThat(lines(kept) - 1).isBetween((long) ALL, ALL + 30L);
        for (String file : List.of("results.json", "items.jsonl")) {
            assertThat(text(temp.resolve("killed").resolve(file)))
                    .isEqualTo(text(temp.resolve("whole").resolve(file)));
        }
    }

    private static String[] command(String output) {
        return new String[] {
            "eval", "run", "suite.yaml", "--model", StandIns.model().toString(), "--output", output
        };
    }

    private void writeSuite() throws IOException {
        Files.writeString(temp.resolve("suite.yaml"), """
                name: numbers
                tasks:
                  - {kind: choice, name: sums, task: multiple_choice, data: sums.jsonl}
                  - {kind: perplexity, name: text, data: text.en.txt, documents: line}
                """);
        StringBuilder rows = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < QUESTIONS; i++) {
            rows.append("{\"language\":\"en\",\"question\":\"What is ").append(i)
                    .append(" plus one, in words and digits?\",\"choices\":[\"It is ").append(i).append("\",\"It is ").append(i + 1).append("\"],")
                    .append("\"answer\":1}\n");
        }
        for (int i = 0; i < LINES; i++) {
            text.append("Book number ").append(i).append(" is red.\n");
        }
        Files.writeString(temp.resolve("sums.jsonl"), rows);
        Files.writeString(temp.resolve("text.en.txt"), text);
    }

    private static long lines(Path file) throws IOException {
        return text(file).chars().filter(c -> c == '\n').count();
    }

    /** Also of a file that is not there yet, or that ends within a character. */
    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }
}

package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart with fewer steps and questions: the whole way all the same. */
class QuickstartTest {
    private static final Pattern CHRF =
            Pattern.compile("exact match (\\S+)% -> (\\S+)%, chrF2 (\\S+) -> (\\S+) on 84 ");

    @TempDir
    private Path temp;

    @Test
    void tuningHelpsOnQuestionsThatWereHeldOutAndTheResultCanBeTalkedTo() throws Exception {
        BuiltProduct.copyOfTheTree(temp);
        BuiltProduct.Result result = run("./bayling-train quickstart --questions 84 max_steps=100", "");
        Matcher figures = CHRF.matcher(result.out());
        assertThat(figures.find()).as(result.out()).isTrue();
        double before = Double.parseDouble(figures.group(3));
        double after = Double.parseDouble(figures.group(4));
        assertThat(after).as("chrF2 on held-out questions, %s before", before).isGreaterThan(before + 3);
        assertThat(Double.parseDouble(figures.group(2)))
                .as("exact match")
                .isGreaterThan(Double.parseDouble(figures.group(1)));

        assertThat(result.err()).contains("1/4", "2/4", "3/4", "4/4", "42 languages");
        assertThat(Files.readString(temp.resolve("checkpoints/quickstart/report.html")))
                .contains("Held-out questions", "exact match", "Norwegian");

        List<String> next = result.out().lines()
                .dropWhile(line -> !line.equals("Next:"))
                .skip(1)
                .map(String::strip)
                .toList();
        assertThat(next).hasSize(3);
        assertThat(run(next.get(0), "What is the French name of Japan?\n").out()).isNotBlank();
        assertThat(run(next.get(1), "").out()).isNotBlank();
        assertThat(run(next.get(2).replace(" train ", " validate "), "").out()).contains("is right");
    }

    /** A line of a shell, in the tree's folder. */
    private BuiltProduct.Result run(String line, String input) throws Exception {
        return BuiltProduct.in(temp)
                .withLauncher(Path.of("sh"))
                .withInput(input)
                .withLimit(Duration.ofMinutes(3))
                .expect(0, "-c", line);
    }
}

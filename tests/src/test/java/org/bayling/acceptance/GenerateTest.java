package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code generate} over many prompts, as a person uses it. */
class GenerateTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;

    @Test
    void aFileOfPromptsGivesTheAnswersOfItsPromptsAloneAndGoesOnWhereItStopped() throws Exception {
        List<String> prompts = List.of("What is 3 plus one?", "Hello", "Say something long about numbers and days.");
        Files.write(temp.resolve("prompts.txt"), prompts);
        List<String> alone = new ArrayList<>();
        List<JsonNode> piped = lines(run(0, String.join("\n", prompts), "--json").out());
        for (int i = 0; i < prompts.size(); i++) {
            alone.add(piped.get(i).path("ids").toString());
            assertThat(piped.get(i).path("prompt").asText()).isEqualTo(prompts.get(i));
        }
        assertThat(lines(run(0, "", "--json", "--prompt", prompts.get(1)).out()).get(0).path("ids").toString())
                .isEqualTo(alone.get(1));

        run(0, "", "--prompts", "prompts.txt", "--output", "answers.jsonl");
        Path answers = temp.resolve("answers.jsonl");
        List<String> written = Files.readAllLines(answers);
        assertThat(written).hasSize(4); // and what it is a file of
        for (String line : written.subList(1, 4)) {
            JsonNode item = JSON.readTree(line);
            assertThat(item.path("answers").path(0).path("ids").toString())
                    .isEqualTo(alone.get(item.path("index").asInt()));
        }
        String cut = String.join("\n", written.subList(0, 3)) + "\n" + written.get(3).substring(0, 40);
        Files.writeString(answers, cut); // as if it had been killed while it wrote the last answer
        BuiltProduct.Result again = run(0, "", "--prompts", "prompts.txt", "--output", "answers.jsonl");
        assertThat(again.err()).contains("2 of 3 prompts had been answered before");
        assertThat(Files.readAllLines(answers)).isEqualTo(written);
    }

    @Test
    void beamsGiveSeveralAnswersThatHoldTheWordsOfTheirPrompts() throws Exception {
        Files.writeString(temp.resolve("prompts.jsonl"), """
                {"prompt": "What is 3 plus one?", "force_words": ["Monday", "seven"]}
                {"prompt": "Hello"}
                """);
        BuiltProduct.Result result = run(
                0, "", "--prompts", "prompts.jsonl", "--json", "--num-beams", "4", "--num-return-sequences", "2",
                "--length-penalty", "0.5", "--early-stopping", "never", "--no-repeat-ngram-size", "3");
        List<JsonNode> answers = lines(result.out());
        assertThat(answers).hasSize(4);
        assertThat(answers.subList(0, 2)).allSatisfy(answer -> assertThat(answer.path("text").asText())
                .contains("Monday", "seven"));
        Set<String> texts = new TreeSet<>();
        answers.forEach(answer -> texts.add(answer.path("ids").toString()));
        assertThat(texts).hasSize(4);
    }

    @Test
    void whatCannotBeIsRefusedWithTheReason() throws Exception {
        refused(2, "num_beams is 0, but must be at least 1", "--num-beams", "0");
        refused(2, "num_return_sequences is 3, but must be at most num_beams (1)", "--num-return-sequences", "3");
        refused(2, "need num_beams above 1", "--force-words", "Monday");
        refused(2, "allow a larger cache", "--cache-mib", "1", "--max-new-tokens", "100000", "--json");
        Files.writeString(temp.resolve("bad.jsonl"), "{\"prompt\": \"a\"}\n{\"text\": \"b\"}\n");
        BuiltProduct.Result result = run(10, "", "--prompts", "bad.jsonl");
        assertThat(result.err()).contains("bad.jsonl:2: must have a text \"prompt\"");
    }

    private void refused(int exitCode, String reason, String... options) throws Exception {
        String[] all = Stream.concat(Stream.of("--prompt", "Hello"), Stream.of(options)).toArray(String[]::new);
        assertThat(run(exitCode, "", all).err()).contains(reason);
    }

    private BuiltProduct.Result run(int exitCode, String input, String... options) throws Exception {
        List<String> fixed = List.of(
                "generate", "--model", StandIns.model().toString(), "--greedy", "--max-new-tokens", "24");
        boolean length = List.of(options).contains("--max-new-tokens");
        return Refusals.product(temp)
                .withInput(input)
                .expect(exitCode, Stream.concat((length ? fixed.subList(0, 4) : fixed).stream(), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static List<JsonNode> lines(String out) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}

package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bayling.corpus.NanoRecipe;
import org.bayling.evaluation.results.EvaluationFolder;
import org.bayling.evaluation.results.EvaluationResults;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every suite in {@code configs/evaluation/}, those of tomorrow too, on small files of the layouts that they name. */
class ShippedSuitesTest {
    private static final int SHOTS = 26; // more than any suite shows, so that a question is never its own example

    @TempDir
    private static Path data;

    @TempDir
    private Path temp;

    static List<Path> suites() throws IOException {
        try (Stream<Path> files = Files.list(BuiltProduct.root().resolve("configs/evaluation"))) {
            return files.sorted().toList();
        }
    }

    @BeforeAll
    static void writeData() throws IOException {
        new NanoRecipe().writeInstructions(data);
        for (String language : List.of("et", "ht", "id", "it", "qu", "sw", "ta", "th", "tr", "vi", "zh")) {
            rows("xcopa/" + language + "/test.jsonl", 2, """
                    {"premise":"P%1$d.","choice1":"A.","choice2":"B.","question":"cause","label":1}""");
        }
        for (String variant : List.of("eng_Latn", "zho_Hans")) {
            rows("belebele/" + variant + ".jsonl", 2, """
                    {"flores_passage":"F%1$d.","question":"Q?","mc_answer1":"a","mc_answer2":"b","mc_answer3":"c",\
                    "mc_answer4":"d","correct_answer_num":"3"}""");
        }
        String lettered = """
                {"instruction":"Q%1$d?","option_a":"a","option_b":"b","option_c":"c","option_d":"d","answer":"B"}""";
        rows("m_mmlu/de/test.jsonl", 2, lettered);
        rows("m_mmlu/de/train.jsonl", SHOTS, lettered);
        String arc = """
                {"question":"Q%1$d?","choices":{"text":["a","b","c"],"label":["A","B","C"]},"answerKey":"C"}""";
        rows("ai2_arc/ARC-Easy/test.jsonl", 2, arc);
        rows("ai2_arc/ARC-Challenge/test.jsonl", 2, arc);
        rows("ai2_arc/ARC-Challenge/train.jsonl", SHOTS, arc);
        String hellaswag = """
                {"activity_label":"L","ctx_a":"A%1$d","ctx_b":"b","endings":["a","b","c","d"],"label":"2"}""";
        rows("hellaswag/data/validation.jsonl", 2, hellaswag);
        rows("hellaswag/data/train.jsonl", SHOTS, hellaswag);
        String mmlu = """
                {"question":"Q%1$d?","subject":"world_history","choices":["a","b","c","d"],"answer":3}""";
        rows("mmlu/all/test.jsonl", 2, mmlu);
        rows("mmlu/all/dev.jsonl", SHOTS, mmlu);
        for (String split : List.of("dev", "devtest")) {
            for (String code : List.of("eng_Latn", "zho_Hans", "deu_Latn")) {
                rows("flores200_dataset/" + split + "/" + code + "." + split, 2, "Eins %1$d.");
            }
        }
        for (String pair : List.of("en-zh", "zh-en", "en-de", "de-en")) {
            String[] codes = pair.split("-");
            rows("wmt22/sources/generaltest2022." + pair + ".src." + codes[0], 2, "One %1$d.");
            rows("wmt22/references/generaltest2022." + pair + ".ref.refA." + codes[1], 2, "Eins %1$d.");
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void runsAndLeavesScoresOfEveryTask(Path suite) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "eval", "run", suite.toString(), "data_dir=" + data, "limit=2",
                "--model", StandIns.model().toString(), "--output", temp.resolve("out").toString()));
        if (Files.readString(suite).contains("kind: translation")) {
            arguments.add(4, "tasks.0.max_new_tokens=4");
        }
        BuiltProduct.Result result = InProcess.run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.toString()).isZero();
        EvaluationResults results = EvaluationFolder.read(temp.resolve("out"));
        long tasks = Files.readAllLines(suite).stream().filter(line -> line.contains("- kind:")).count();
        assertThat(results.scores().stream().map(score -> score.task()).distinct()).hasSize((int) tasks);
        assertThat(results.scores()).allSatisfy(score -> assertThat(score.value()).isNotNaN());
        assertThat(temp.resolve("out/items.jsonl")).isNotEmptyFile();
    }

    private static void rows(String name, int count, String row) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(row.formatted(i)).append('\n');
        }
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

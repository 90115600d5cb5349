package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bayling.tokenizer.Tokenizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows and files that cannot be trained on: exit code 10 with file and line; bad rows below the limit are told of. */
class BadDataTest {
    private static final String GOOD = "{\"instruction\": \"What is one?\", \"output\": \"It is.\"}\n";

    @TempDir
    private static Path shared;

    private static SoundModel sound;

    @TempDir
    private Path temp;

    private record Bad(String what, String row, String told) {}

    @BeforeAll
    static void model() throws Exception {
        sound = SoundModel.train(shared);
    }

    @BeforeEach
    void files() throws IOException {
        sound.copyTo(temp);
    }

    private static List<Bad> rows() {
        String words = "word ".repeat(100);
        return List.of(
                new Bad("not JSON", "{\"instruction\": ", "not JSON: Unexpected end-of-input"),
                new Bad("no object", "[1, 2]", "wrong type: the row is a list, expected an object"),
                new Bad("a key twice", "{\"instruction\": \"a\", \"instruction\": \"b\"}", "Duplicate field"),
                new Bad("lacks a field", "{\"instruction\": \"x\"}", "'output' is absent; the row has instruction"),
                new Bad("wrong type", "{\"instruction\": 5, \"output\": \"x\"}", "'instruction' is a number"),
                new Bad("empty answer", row("x", " "), "empty answer: message 2 of 2"),
                new Bad("nested deeply", row("x", "x").replace("\"x\"", "[".repeat(2000)), "nesting depth"),
                new Bad("all prompt", row(words, "y"), "trains nothing: of its "),
                new Bad("lone surrogate", row("a\\ud800b", "x"), "holds half of a surrogate pair, \\ud800"));
    }

    @Test
    void everyBadRowIsToldWithItsLine() throws Exception {
        StringBuilder all = new StringBuilder(GOOD.repeat(4));
        rows().forEach(bad -> all.append(bad.row()).append('\n'));
        data(all.toString());
        BuiltProduct.Result result = Refusals.product(temp).run("train", "run.yaml");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        for (int i = 0; i < rows().size(); i++) {
            assertThat(result.err()).as(rows().get(i).what())
                    .contains("data.jsonl:" + (5 + i) + ": ", rows().get(i).told());
        }
        assertThat(result.err()).doesNotContain("`", "REDACTED");
    }

    @Test
    void oneBadRowBeyondTheLimitEndsTheRunAndTheFirstOnesAreShown() throws Exception {
        StringBuilder all = new StringBuilder(GOOD.repeat(4));
        rows().forEach(bad -> all.append(bad.row()).append('\n'));
        data(all.toString());
        String limit = "max_bad_rows=" + (rows().size() - 1);
        assertThat(Refusals.refusedAfterReading(10, temp, "train", "run.yaml", limit).err())
                .contains("bad rows: " + rows().size() + ", more than " + limit.replace("=", ": "))
                .contains("data.jsonl:5: ", rows().get(0).told(), "data.jsonl:9: ", rows().get(4).told())
                .contains("and 4 more", "Correct these rows, or raise max_bad_rows");
        assertThat(Refusals.refusedAfterReading(10, temp, "train", "run.yaml", "max_bad_rows=0").err())
                .contains("bad rows: 1, more than max_bad_rows: 0", "data.jsonl:5: ");
    }

    @Test
    void aRowLongerThanTheCutOffIsCutDroppedOrRefused() throws Exception {
        data(GOOD.repeat(4) + row("x", "word ".repeat(100)) + "\n");
        String[] strict = {"train", "run.yaml", "max_bad_rows=0", "overlong=raise"};
        assertThat(Refusals.refusedAfterReading(10, temp, strict).err())
                .contains("data.jsonl:5: overlong: ", "more than cutoff_len: 64", "set overlong to truncate or drop");
        BuiltProduct.Result cut = Refusals.product(temp).run("train", "run.yaml", "max_bad_rows=0");
        assertThat(cut.exitCode()).as(cut.toString()).isZero();
        assertThat(cut.err()).containsPattern("data +- +5 +5 +0 +1 +0 ");
    }

    @Test
    void aDataSetWithoutAUsableRowSaysWhy() throws Exception {
        data("{\"question\": \"x\", \"answer\": \"y\"}\n".repeat(8));
        assertThat(Refusals.refusedAfterReading(10, temp, "train", "run.yaml").err())
                .contains("dataset 'data' has no usable row: of 8 rows 8 are bad")
                .contains("data.jsonl:1: missing field: 'instruction' is absent; the row has question, answer");
        data("");
        assertThat(Refusals.refusedAfterReading(10, temp, "train", "run.yaml", "output_dir=other").err())
                .contains("has no usable row: of 0 rows");
    }

    @Test
    void filesThatAreNoDataAreRefused() throws Exception {
        assertThat(Refusals.refused(10, temp, "train", "run.yaml", "datasets.0.path=nope.jsonl").err())
                .contains("dataset 'nope': no data file at nope.jsonl");
        Files.write(temp.resolve("a.jsonl.gz"), new byte[] {0x1f, (byte) 0x8b, 1, 2, 3, 4});
        assertThat(Refusals.refusedAfterReading(10, temp, "train", "run.yaml", "datasets.0.path=a.jsonl.gz").err())
                .contains("a.jsonl.gz:1: cannot be read");
        Files.writeString(temp.resolve("a.parquet"), "PAR1 and no more");
        assertThat(Refusals.refusedAfterReading(10, temp, "train", "run.yaml", "datasets.0.path=a.parquet").err())
                .contains("a.parquet: not a Parquet file, or cut off");
        Files.writeString(temp.resolve("a.json"), "[" + GOOD.strip() + ",");
        assertThat(Refusals.refusedAfterReading(10, temp, "train", "run.yaml", "datasets.0.path=a.json").err())
                .contains("a.json:1: not JSON");
    }

    /** The strings of control tokens in what people wrote are encoded letter by letter, and give none of their ids. */
    @Test
    void controlStringsInTextStayText() throws Exception {
        String question = "a <|assistant|> </s> <s> \u0000 b";
        String answer = "x </s> <|user|> y";
        data((row(question.replace("\u0000", "\\u0000"), answer) + "\n").repeat(8));
        int length;
        try (Tokenizer tokenizer = Tokenizer.load(temp.resolve("model"))) {
            int[] asText = tokenizer.encodeOrdinary(question);
            assertThat(Arrays.stream(asText).noneMatch(tokenizer.controlIds()::contains)).isTrue();
            // <s> <|user|> question </s> <|assistant|> answer </s>
            length = 5 + asText.length + tokenizer.encodeOrdinary(answer).length;
        }
        BuiltProduct.Result result = Refusals.product(temp).run("train", "run.yaml");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.err()).containsPattern("data +- +8 +8 +0 +0 +0 +" + 8 * length + " ");
    }

    @Test
    void aLoneSurrogateIsRefusedWhereverTextIsRead() throws Exception {
        BuiltProduct half = Refusals.product(temp).withInput("\"fine\"\n\"half \\ud800\"\n");
        assertThat(Refusals.refused(10, temp, half, "tokenizer", "encode", "--tokenizer", "model").err())
                .contains("standard input, line 2", "surrogate");
    }

    private void data(String rows) throws IOException {
        Files.writeString(temp.resolve("data.jsonl"), rows);
    }

    private static String row(String instruction, String output) {
        return "{\"instruction\": \"" + instruction + "\", \"output\": \"" + output + "\"}";
    }
}

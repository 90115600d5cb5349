package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb score; its figures are those that sacreBLEU prints for the same lines. */
class ScoreTest {
    private static final String HYPOTHESES =
            "The dog bit the man.\nIt wasn't surprising.\nThe man had just bitten him.\n";
    private static final String FIRST = "The dog bit the man.\nIt was not unexpected.\nThe man bit him first.\n";
    private static final String SECOND =
            "The dog had bit the man.\nNo one was surprised.\nThe man had bitten the dog.\n";

    @TempDir
    private Path temp;

    private void write(String name, String text) throws IOException {
        Files.writeString(temp.resolve(name), text);
    }

    private BuiltProduct.Result score(String... more) throws Exception {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "score";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return BuiltProduct.in(temp).run(arguments);
    }

    private void writeAll() throws IOException {
        write("hyp", HYPOTHESES);
        write("ref", FIRST);
        write("ref2", SECOND);
    }

    @Test
    void jsonHasEveryMetricWithItsSignatureToTheLastDigit() throws Exception {
        writeAll();
        BuiltProduct.Result result = score(
                "--hyp",
                "hyp",
                "--ref",
                "ref",
                "--ref",
                "ref2",
                "--metrics",
                "bleu,chrf,chrf++,ter",
                "--format",
                "json");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        JsonNode scores = new ObjectMapper().readTree(result.out()).get("scores");
        assertThat(scores.fieldNames()).toIterable().containsExactly("bleu", "chrf", "chrf++", "ter");
        assertThat(scores.at("/bleu/score").asDouble()).isCloseTo(48.530827009929865, within(1e-9));
        assertThat(scores.at("/bleu/sys_len").asInt()).isEqualTo(17);
        assertThat(scores.at("/bleu/signature").asText())
                .matches("nrefs:2\\|case:mixed\\|eff:no\\|tok:13a\\|smooth:exp\\|version:2\\.6\\.0\\+bayling\\..+");
        assertThat(scores.at("/chrf/signature").asText()).startsWith("nrefs:2|case:mixed|eff:yes|nc:6|nw:0|space:no|");
        assertThat(scores.at("/chrf++/name").asText()).isEqualTo("chrF2++");
        assertThat(scores.at("/ter/signature").asText())
                .startsWith("nrefs:2|case:lc|tok:tercom|norm:no|punct:yes|asian:no|");
    }

    @Test
    void textIsSacrebleusLine() throws Exception {
        writeAll();
        BuiltProduct.Result result = score("--hyp", "hyp", "--ref", "ref", "--ref", "ref2", "-m", "bleu", "-w", "2");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out())
                .startsWith("BLEU|nrefs:2|")
                .contains(" = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)\n");
        assertThat(score("--hyp", "hyp", "--ref", "ref", "--ref", "ref2", "-m", "bleu", "-b")
                        .out())
                .isEqualTo("48.5\n");
    }

    @Test
    void sentencesHaveScoresOfTheirOwn() throws Exception {
        write("hyp", "the cat\nThe cat is on the mat .\n");
        write("ref", "the cat sat on the mat\nThere is a cat on the mat.\n");
        JsonNode bleu = new ObjectMapper()
                .readTree(score("--hyp", "hyp", "--ref", "ref", "-m", "bleu", "-sl", "-f", "json")
                        .out())
                .at("/scores/bleu");
        assertThat(bleu.at("/sentences/0").asDouble()).isCloseTo(13.533528323661276, within(1e-9));
        assertThat(bleu.at("/sentences/1").asDouble()).isCloseTo(39.44243648327556, within(1e-9));
        assertThat(bleu.at("/sentence_signature").asText()).contains("eff:yes");
        assertThat(score("--hyp", "hyp", "--ref", "ref", "-m", "bleu", "-sl")
                        .out()
                        .lines())
                .hasSize(2)
                .first()
                .asString()
                .contains(" = 13.5 ");
    }

    @Test
    void compressedFilesAreReadAsTheyAre() throws Exception {
        writeAll();
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temp.resolve("hyp.gz")))) {
            out.write(HYPOTHESES.getBytes());
        }
        assertThat(score("--hyp", "hyp.gz", "--ref", "ref", "-b", "-w", "9").out())
                .isEqualTo(
                        score("--hyp", "hyp", "--ref", "ref", "-b", "-w", "9").out())
                .isNotEmpty();
    }

    @Test
    void systemsStandSideBySideWithTheirDifferencesTested() throws Exception {
        StringBuilder good = new StringBuilder();
        StringBuilder bad = new StringBuilder();
        StringBuilder reference = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            reference.append("line ").append(i).append(" says what is to be said here\n");
            good.append("line ").append(i).append(" says what is to be said here\n");
            bad.append("line ").append(i).append(" says a thing that was said there\n");
        }
        write("good", good.toString());
        write("bad", bad.toString());
        write("ref", reference.toString());
        for (String test : new String[] {"bs", "ar"}) {
            BuiltProduct.Result json = score(
                    "--hyp",
                    "good",
                    "--ref",
                    "ref",
                    "--baseline",
                    "bad",
                    "--significance",
                    test,
                    "--format",
                    "json",
                    "--metrics",
                    "bleu",
                    "--trials",
                    "1000");
            assertThat(json.exitCode()).as(json.toString()).isZero();
            JsonNode root = new ObjectMapper().readTree(json.out());
            assertThat(root.at("/scores/bleu/p_value").asDouble()).isCloseTo(1 / 1001.0, within(1e-12));
            assertThat(root.at("/scores/bleu/significant").asBoolean()).isTrue();
            assertThat(root.at("/scores/bleu/signature").asText()).contains("|" + test + ":1000|seed:12345|");
            assertThat(root.at("/baseline/scores/bleu/score").asDouble()).isBetween(1.0, 60.0);
        }
        BuiltProduct.Result text = score("--hyp", "bad", "--hyp", "good", "--ref", "ref", "--significance", "bs");
        assertThat(text.out()).contains("Baseline: bad").containsPattern("good +100\\.0 .*\\(p = 0\\.0010\\)\\*");
    }

    @Test
    void emptyCopiedAndOverlongOutputsAreCounted() throws Exception {
        write("src", "ein Haus\nzwei Hunde\nBerlin\n\n");
        write("hyp", "\nzwei Hunde\nBerlin\n" + "very ".repeat(40) + "long\n");
        write("ref", "a house\ntwo dogs\nBerlin\nshort\n");
        JsonNode outputs = new ObjectMapper()
                .readTree(score("--hyp", "hyp", "--ref", "ref", "--src", "src", "-f", "json")
                        .out())
                .get("outputs");
        assertThat(outputs.toString()).isEqualTo("{\"segments\":4,\"empty\":1,\"overlong\":1,\"copied\":1}");
    }

    @Test
    void filesOfDifferentLengthAreRefusedWithBothLengths() throws Exception {
        writeAll();
        write("short", "one line\n");
        BuiltProduct.Result result = score("--hyp", "short", "--ref", "ref");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(10);
        assertThat(result.err()).contains("short has 1 line, ref has 3 lines", "line 2");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void whatIsNoTextIsRefusedByFileAndLine() throws Exception {
        writeAll();
        Files.write(temp.resolve("latin"), new byte[] {'a', '\n', 'b', (byte) 0xE4, 'c', '\n', 'd', '\n'});
        BuiltProduct.Result latin = score("--hyp", "latin", "--ref", "ref");
        assertThat(latin.exitCode()).as(latin.toString()).isEqualTo(10);
        assertThat(latin.err()).contains("latin:2: byte 2 of the line is not UTF-8");
        write("empty", "");
        BuiltProduct.Result empty = score("--hyp", "empty", "--ref", "empty");
        assertThat(empty.exitCode()).as(empty.toString()).isEqualTo(10);
        assertThat(empty.err()).contains("empty: is empty");
        BuiltProduct.Result missing = score("--hyp", "hyp", "--ref", "no-such-file");
        assertThat(missing.exitCode()).as(missing.toString()).isEqualTo(10);
        assertThat(missing.err()).contains("no-such-file: there is no such file");
    }

    @Test
    void aNameThatIsUnknownIsAnsweredWithTheNearestOne() throws Exception {
        writeAll();
        BuiltProduct.Result tokenizer = score("--hyp", "hyp", "--ref", "ref", "--tokenize", "13b");
        assertThat(tokenizer.exitCode()).as(tokenizer.toString()).isEqualTo(2);
        assertThat(tokenizer.err()).contains("--tokenize 13b: unknown (did you mean 13a?)", "flores200");
        BuiltProduct.Result metric = score("--hyp", "hyp", "--ref", "ref", "--metrics", "blue");
        assertThat(metric.exitCode()).as(metric.toString()).isEqualTo(2);
        assertThat(metric.err()).contains("did you mean bleu?");
        BuiltProduct.Result japanese = score("--hyp", "hyp", "--ref", "ref", "--lang-pair", "en-ja");
        assertThat(japanese.exitCode()).as(japanese.toString()).isEqualTo(2);
        assertThat(japanese.err()).contains("ja-mecab", "not available", "--tokenize char");
    }

    @Test
    void chineseAsTheTargetChoosesItsTokenizer() throws Exception {
        write("hyp", "你好，世界。\n");
        write("ref", "你好，世界！\n");
        assertThat(score("--hyp", "hyp", "--ref", "ref", "-m", "bleu", "--lang-pair", "en-zh")
                        .out())
                .contains("|tok:zh|");
    }

    @Test
    void outputsInAnotherLanguageAreCounted() throws Exception {
        write("hyp", "Die Kinder spielen im Garten hinter dem Haus.\nThe children are playing in the garden.\nJa!\n");
        write("ref", "Die Kinder spielen im Garten hinter dem Haus.\nDie Kinder spielen im Garten.\nJa!\n");
        BuiltProduct.Result result =
                score("--hyp", "hyp", "--ref", "ref", "--lang-pair", "en-de", "--check-language", "-f", "json");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(new ObjectMapper().readTree(result.out()).at("/outputs/language").toString())
                .isEqualTo("{\"correctness\":50.0,\"right\":1,\"wrong\":1,\"unknown\":1,"
                        + "\"method\":\"letter statistics\"}");
    }
}

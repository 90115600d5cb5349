package org.bayling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bayling.evaluation.results.EvaluationFolder;
import org.bayling.evaluation.results.EvaluationResults;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.Score;
import org.bayling.observe.Terminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String base;
    private String tuned;

    @BeforeEach
    void twoSystems() throws IOException {
        base = evaluation("base", 0.70, 0.40);
        tuned = evaluation("tuned", 0.69, 0.55);
    }

    @Test
    void aLossBeyondTheToleranceExitsWithOneAndIsNamed() {
        assertThat(run(base, tuned, "--must-not-lose", "en", "--tolerance", "0.5")).isEqualTo(ExitCodes.FAILED);
        assertThat(out.toString()).contains("guard failed: 1 of 1 score of en").contains("xcopa en, acc");
        assertThat(folder.resolve("tuned/report.html")).content().contains("Must not lose");
    }

    @Test
    void aLossWithinTheToleranceExitsWithZero() {
        assertThat(run(base, tuned, "--must-not-lose", "English", "--tolerance", "1.5")).isEqualTo(ExitCodes.DONE);
        assertThat(out.toString()).contains("guard passed");
    }

    @Test
    void theBaselineMayBeNamedInsteadOfComingFirst() {
        assertThat(run(tuned, base, "--baseline", base, "--must-not-lose", "en")).isEqualTo(ExitCodes.FAILED);
        assertThat(run(tuned, "--baseline", base, "--must-not-lose", "sw")).isEqualTo(ExitCodes.DONE);
    }

    @Test
    void aGuardedLanguageWithoutScoresIsADataError() {
        assertThat(run(base, tuned, "--must-not-lose", "en,zh")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("there is no score of 'zh'");
    }

    @Test
    void wrongWordsAreUsageErrors() {
        assertThat(run(base, tuned, "--must-not-lose", "klingonese")).isEqualTo(ExitCodes.USAGE);
        assertThat(run(base, tuned, "--tolerance", "1")).isEqualTo(ExitCodes.USAGE);
        assertThat(run(base, tuned, "--must-not-lose", "en", "--tolerance", "-1")).isEqualTo(ExitCodes.USAGE);
        assertThat(run()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aFolderGetsAllFourFormatsAndAFileItsOwn() {
        assertThat(run(base, tuned, "--output", folder.resolve("all").toString())).isEqualTo(ExitCodes.DONE);
        for (String format : List.of("html", "md", "csv", "json")) {
            assertThat(folder.resolve("all/report." + format)).isNotEmptyFile();
        }
        assertThat(run(base, tuned, "--output", folder.resolve("one.csv").toString())).isEqualTo(ExitCodes.DONE);
        assertThat(folder.resolve("one.csv")).content().startsWith("level,task,");
    }

    @Test
    void aFormatAloneGoesToTheOutput() {
        assertThat(run(base, tuned, "--format", "md")).isEqualTo(ExitCodes.DONE);
        assertThat(out.toString()).startsWith("## Evaluation report").contains("| sw | Swahili | Latn | low |");
    }

    @Test
    void aFolderWithoutResultsIsADataErrorAndNothingIsWritten() {
        assertThat(run(base, folder.toString(), "--output", folder.resolve("all").toString())).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("holds no results.json");
        assertThat(Files.exists(folder.resolve("all"))).isFalse();
        assertThat(run(folder.toString())).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("holds no log.jsonl and no results.json");
    }

    private String evaluation(String name, double english, double swahili) throws IOException {
        List<Score> scores = List.of(score("en", english), score("sw", swahili));
        Path place = folder.resolve(name);
        EvaluationFolder.write(
                place,
                new EvaluationResults("xcopa", "choice", "models/" + name, name, Map.of(), scores),
                List.<ResultItem>of().iterator());
        return place.toString();
    }

    private static Score score(String language, double value) {
        return new Score(
                "xcopa",
                Optional.empty(),
                Optional.of(language),
                "acc",
                value,
                Optional.empty(),
                OptionalDouble.of(0.02),
                500,
                Optional.empty());
    }

    private int run(String... words) {
        Terminal terminal = Terminal.of(new PrintStream(OutputStream.nullOutputStream()), false, Map.of());
        Cli cli = new Cli(
                InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err, true), false, terminal);
        String[] all = new String[words.length + 1];
        all[0] = "report";
        System.arraycopy(words, 0, all, 1, words.length);
        return cli.run(all);
    }
}

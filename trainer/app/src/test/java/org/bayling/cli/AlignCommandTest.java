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
import java.util.Map;
import org.bayling.observe.Terminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data are read before a model is, so that what is wrong with them is told at once. */
class AlignCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("eng_Latn.dev"), "One.\nTwo.\n");
        Files.writeString(folder.resolve("zho_Hans.dev"), "一。\n");
    }

    @Test
    void differentNumbersOfSentencesAreADataErrorWithFileAndLineAndLeaveNothingBehind() {
        Path output = folder.resolve("out");
        assertThat(run("align", "--model", "m", "--data", folder.toString(), "--output", output.toString()))
                .isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("zho_Hans.dev:1: the file ends here");
        assertThat(output).doesNotExist();
    }

    @Test
    void aMissingLanguageIsADataError() {
        assertThat(run("align", "--model", "m", "--data", folder.toString(), "--languages", "swh"))
                .isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("there is no language 'swh'; it has eng_Latn, zho_Hans");
    }

    @Test
    void wrongWordsAreUsageErrors() {
        assertThat(run("align", "--data", folder.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("Missing required option: '--model=PATH'");
        assertThat(run("align", "--model", "m")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("align", "--model", "m", "--data", folder.toString(), "--limit", "1")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("align", "--model", "m", "--data", folder.toString(), "--layers", "-1"))
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Files.createDirectory(folder.resolve("out"));
        assertThat(run(
                        "align", "--model", "m", "--data", folder.toString(), "--output",
                        folder.resolve("out").toString()))
                .isEqualTo(ExitCodes.ENVIRONMENT);
        assertThat(err.toString()).contains("out: is there already");
    }

    @Test
    void whatIsNoResultCannotBeCompared() throws IOException {
        Files.writeString(folder.resolve("alignment.json"), "{}");
        assertThat(run("align", "compare", folder.toString(), folder.toString())).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("alignment.json: expected format bayling-alignment version 1");
        assertThat(run("align", "compare", "nowhere", "nowhere")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("nowhere: there is no such file");
    }

    private int run(String... arguments) {
        Terminal terminal = Terminal.of(new PrintStream(OutputStream.nullOutputStream()), false, Map.of());
        return new Cli(
                        InputStream.nullInputStream(), new PrintWriter(OutputStream.nullOutputStream()),
                        new PrintWriter(err, true), false, terminal)
                .run(arguments);
    }
}

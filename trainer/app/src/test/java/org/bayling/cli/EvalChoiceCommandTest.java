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
import java.util.stream.Stream;
import org.bayling.observe.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data are read before a model is, so that what is wrong with them is told at once. */
class EvalChoiceCommandTest {
    private static final String ROW =
            "{\"premise\":\"P.\",\"choice1\":\"A.\",\"choice2\":\"B.\",\"question\":\"cause\",\"label\":%d}\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aGoldIndexOutOfRangeIsADataErrorWithFileAndLine() throws IOException {
        Files.writeString(folder.resolve("val.it.jsonl"), ROW.formatted(1) + ROW.formatted(2));
        assertThat(run("--task", "xcopa")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString())
                .contains("val.it.jsonl:2: field 'label' is 2, but the 2 options are numbered 0 to 1");
    }

    @Test
    void aMissingLanguageAndAnEmptyFileAreDataErrors() throws IOException {
        Files.writeString(folder.resolve("val.it.jsonl"), "");
        assertThat(run("--task", "xcopa")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("val.it.jsonl: is empty");
        assertThat(run("--task", "xcopa", "--languages", "it,qu")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("no data for the language 'qu'");
    }

    @Test
    void aMissingFileIsADataError() {
        assertThat(run("--data", folder.resolve("val.th.jsonl").toString(), "--task", "xcopa"))
                .isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("val.th.jsonl: is not there");
    }

    @Test
    void wrongWordsAreUsageErrors() {
        assertThat(run("--task", "copa")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--task 'copa' is none of arc, belebele");
        assertThat(run("--task", "xcopa", "--metrics", "f1")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("--task", "xcopa", "--limit", "0")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("--task", "xcopa", "--fewshot-as-multiturn")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--fewshot-as-multiturn is for --apply-chat-template");
    }

    private int run(String... options) {
        Terminal terminal = Terminal.of(new PrintStream(OutputStream.nullOutputStream()), false, Map.of());
        Cli cli = new Cli(
                InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err, true), false, terminal);
        List<String> fixed = List.of("eval", "choice", "--model", "no-model");
        boolean named = Stream.of(options).anyMatch("--data"::equals);
        List<String> data = named ? List.of() : List.of("--data", folder.toString());
        return cli.run(Stream.of(fixed, data, List.of(options))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }
}

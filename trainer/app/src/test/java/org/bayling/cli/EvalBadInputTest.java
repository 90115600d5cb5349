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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bayling.observe.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code eval} says of data and suites that are wrong; all of it before a model is loaded. */
class EvalBadInputTest {
    private static final String ROW =
            "{\"premise\":\"P.\",\"choice1\":\"A.\",\"choice2\":\"B.\",\"question\":\"cause\",\"label\":%d}\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void missingDataAreNamedWithTheirSourceAndLicence() {
        assertThat(eval("choice", "--task", "belebele", "--data", path("belebele"))).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString())
                .contains("belebele: is not there; belebele needs the data set facebook/belebele (CC BY-SA 4.0)")
                .contains("Nothing is downloaded by itself");
        assertThat(eval("perplexity", "--data", path("news.zh.txt"))).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("news.zh.txt: is not there; perplexity needs text");
    }

    @Test
    void moreExamplesThanThereAreIsADataErrorWithFileAndLine() throws IOException {
        Files.writeString(folder.resolve("val.it.jsonl"), ROW.formatted(0) + ROW.formatted(1));
        for (String sampler : List.of("first_n", "random")) {
            assertThat(eval(
                            "choice", "--task", "xcopa", "--data", path("val.it.jsonl"), "--num-fewshot", "2",
                            "--fewshot-sampler", sampler))
                    .isEqualTo(ExitCodes.DATA);
            assertThat(err.toString()).contains("val.it.jsonl:1: only 1 of 2 examples are there");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'question':'?','choices':['a','b'],'answer':2,'language':'en'} | 'answer' is 2, but the 2 options",
                "{'question':'?','choices':['a'],'answer':0,'language':'en'}     | 'choices' must be a list of at",
                "{'question':'?','choices':['a','b'],'answer':0}                 | field 'language' must be text",
                "{'choices':['a','b'],'answer':0,'language':'en'}                | field 'question' must be text",
                "{'question':'?','choices':['a','b'],                            | Unexpected end-of-input",
                "7                                                               | a JSON object is needed",
            })
    void aWrongRowIsADataErrorWithFileAndLine(String row, String message) throws IOException {
        String right = "{\"question\":\"?\",\"choices\":[\"a\",\"b\"],\"answer\":0,\"language\":\"en\"}\n";
        Files.writeString(folder.resolve("own.jsonl"), right + row.replace('\'', '"') + "\n");
        assertThat(eval("choice", "--task", "multiple_choice", "--data", path("own.jsonl"))).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("own.jsonl:2: ", message);
    }

    @Test
    void textWithoutALanguageOrWithoutTextIsADataErrorWithFileAndLine() throws IOException {
        Files.writeString(folder.resolve("all.jsonl"), "{\"text\":\"a\"}\n");
        assertThat(eval("perplexity", "--data", path("all.jsonl"))).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("all.jsonl:1: field 'language' must name the language");
        Files.writeString(folder.resolve("news.zh.txt"), "");
        assertThat(eval("perplexity", "--data", path("news.zh.txt"))).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("news.zh.txt: is empty");
        Files.writeString(folder.resolve("news.zh.txt"), "第一");
        assertThat(eval("perplexity", "--data", path("news.zh.txt"), "--languages", "zh,sw")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("there are no data for the language 'sw'", "has zh");
        assertThat(eval("perplexity", "--data", path("news.zh.txt"), "--max-length", "0")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void allThatIsWrongWithASuiteIsToldAtOnceWithItsLines() throws IOException {
        Path suite = Files.writeString(folder.resolve("suite.yaml"), """
                name: mine
                tasks:
                  - kind: choice
                    task: xkopa
                    data: x
                  - kind: choise
                  - kind: choice
                    task: xcopa
                    num_fewshots: 3
                    fewshot_as_multiturn: true
                    metrics: [acc_norms]
                  - kind: perplexity
                    data: a.zh.txt
                    limit: 0
                """);
        assertThat(eval("run", suite.toString())).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("suite.yaml:4", "\"xkopa\" is none of", "did you mean xcopa?")
                .contains("suite.yaml:6", "found \"choise\"", "did you mean choice?")
                .contains("suite.yaml:9", "num_fewshots", "unknown key", "did you mean num_fewshot?")
                .contains("suite.yaml:10", "needs apply_chat_template: true")
                .contains("suite.yaml:11", "\"acc_norms\" is none of", "did you mean acc_norm?")
                .contains("tasks.2.data", "is missing, expected a file")
                .contains("suite.yaml:14", "expected a number");
    }

    @Test
    void aSuiteWithoutItsDataNamesThem() throws IOException {
        Path suite = Files.writeString(folder.resolve("suite.yaml"), """
                name: mine
                data_dir: nowhere
                tasks:
                  - {kind: choice, task: xcopa, data: xcopa}
                """);
        assertThat(eval("run", suite.toString(), "data_dir=" + folder)).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString())
                .contains(folder.resolve("xcopa") + ": is not there; xcopa needs")
                .contains("the data set cambridgeltl/xcopa (CC BY 4.0)");
        assertThat(eval("run", suite.toString(), "tasks.0.task=copa")).isEqualTo(ExitCodes.USAGE);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private int eval(String... arguments) {
        Terminal terminal = Terminal.of(new PrintStream(OutputStream.nullOutputStream()), false, Map.of());
        Cli cli = new Cli(
                InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err, true), false, terminal);
        List<String> all = new ArrayList<>(List.of("eval"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--model", "no-model"));
        return cli.run(all.toArray(String[]::new));
    }
}

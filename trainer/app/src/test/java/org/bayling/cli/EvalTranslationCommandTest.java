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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with test set, prompt and metrics is told before a model is loaded. */
class EvalTranslationCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private void flores() throws IOException {
        Files.writeString(folder.resolve("eng_Latn.devtest"), "One.\nTwo.\n");
        Files.writeString(folder.resolve("zho_Hans.devtest"), "一。\n二。\n");
    }

    @Test
    void textsOfDifferentLengthAreADataErrorWithFilesAndLine() throws IOException {
        flores();
        Files.writeString(folder.resolve("zho_Hans.devtest"), "一。\n");
        assertThat(run("--directions", "en-zh")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString())
                .contains("eng_Latn.devtest has 2 lines", "zho_Hans.devtest has 1 line:", "from line 2 on");
    }

    @Test
    void anEmptyFileAndAnEmptyFolderAreDataErrors() throws IOException {
        assertThat(run()).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("holds no test set of a known layout: FLORES");
        flores();
        Files.writeString(folder.resolve("zho_Hans.devtest"), "");
        assertThat(run("--directions", "zh-en")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("zho_Hans.devtest: is empty");
    }

    @Test
    void aMissingLanguageOrDirectionIsADataErrorWithThoseThatAreThere() throws IOException {
        flores();
        assertThat(run("--directions", "en-de")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("no texts in the language 'de'; it has eng_Latn, zho_Hans");
        assertThat(run("--pivots", "qqq")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("the language code 'qqq' is unknown");
    }

    @Test
    void aMalformedRowIsADataErrorWithFileAndLine() throws IOException {
        Files.writeString(folder.resolve("a.jsonl"), """
                {"src_lang": "en", "tgt_lang": "de", "src": "One.", "tgt": "Eins."}
                {"src_lang": "en", "tgt_lang": "de", "src": "Two."}
                """);
        assertThat(run()).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("a.jsonl:2: tgt is missing or neither a text nor a list of texts");
        Files.writeString(folder.resolve("a.jsonl"), "{\"src_lang\": \"en\",\n");
        assertThat(run()).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("a.jsonl:1: ");
    }

    @Test
    void aLanguageThatNoPromptCanNameIsADataError() throws IOException {
        Files.writeString(folder.resolve("a.tsv"), "src_lang\ttgt_lang\tsrc\ttgt\nen\txqq\tOne.\tOne.\n");
        assertThat(run()).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("the language code 'xqq' of the test set is unknown");
    }

    @Test
    void aPlaceThatIsNotThereIsADataError() {
        assertThat(run("--data", folder.resolve("flores").toString())).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("flores: is not there; nothing is downloaded by itself");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --tokenize 14a                | tokenizer '14a' is none of 13a, zh
            --tokenize ja-mecab           | tokenizer 'ja-mecab' is not available: it needs MeCab
            --metrics bleu,comet          | COMET is unavailable
            --metrics spbleu              | spbleu needs its SentencePiece model
            --prompt bayling              | prompt 'bayling' is none of bayling-en, bayling-zh, completion
            --limit 0                     | limit is 0, but must be 1 or more
            --num-fewshot -1              | --num-fewshot must not be negative
            --fewshot-data x              | --fewshot-data is for --num-fewshot
            --num-beams 0                 | num_beams is 0, but must be at least 1
            --num-beams 5 --temperature 1 | num_beams is 5, but must be 1 while do_sample is true
            --num-return-sequences 2      | num_return_sequences is 2, but one translation
            --max-new-tokens 0            | max_new_tokens is 0, but must be at least 1
            --cache-mib 0                 | '0' is no number of MiB
            """)
    void wrongWordsAreUsageErrors(String options, String message) throws IOException {
        flores();
        assertThat(run(options.split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void nothingIsWrittenWhereTheModelIsNotThere() throws IOException {
        flores();
        Path output = folder.resolve("out");
        assertThat(run("--output", output.toString())).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("no-model");
        assertThat(output).doesNotExist();
    }

    private int run(String... options) {
        Terminal terminal = Terminal.of(new PrintStream(OutputStream.nullOutputStream()), false, Map.of());
        Cli cli = new Cli(
                InputStream.nullInputStream(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                false,
                terminal);
        List<String> fixed = List.of("eval", "translation", "--model", "no-model");
        boolean named = Stream.of(options).anyMatch("--data"::equals);
        List<String> data = named ? List.of() : List.of("--data", folder.toString());
        return cli.run(Stream.of(fixed, data, List.of(options))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }
}

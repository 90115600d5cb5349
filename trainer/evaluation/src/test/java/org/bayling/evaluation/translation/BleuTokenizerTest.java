package org.bayling.evaluation.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BleuTokenizerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            13a | Hello, world! It's 3.14-2 and 1,000. | Hello , world ! It's 3.14 - 2 and 1,000 .
            13a | 5-year U.S.-based e.g. (foo) [bar] {b}~ | 5 - year U . S . -based e . g . ( foo ) [ bar ] { b } ~
            13a | &quot;A&amp;B&quot; <skipped>x | " A & B " x
            13a | a.b 1.a a.1 .5 5. , | a . b 1 . a a . 1 . 5 5 . ,
            intl | Hello, world! It's 3.14-2 and 1,000. | Hello , world ! It ' s 3.14-2 and 1,000.
            intl | “quoted” – dash… 中文。 $5 + 3€ | “ quoted ” – dash … 中文 。 $ 5 + 3 €
            intl | a²b ½ ٣,٤ x,٣ | a²b ½ ٣,٤ x , ٣
            zh | “你好”—…abc 1,000.5元 Ａ１ 𠀀a | “ 你 好 ” — … abc 1,000.5 元 Ａ １ 𠀀a
            char | a b😀 | a b 😀
            none | a,b  c | a,b c
            """)
    void linesAreCutAsSacrebleuCutsThem(String name, String line, String tokens) {
        BleuTokenizer tokenizer = BleuTokenizer.named(name).orElseThrow();
        assertThat(tokenizer.signature()).isEqualTo(name);
        assertThat(tokenizer.tokenize(line)).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({"zh, zh", "ja, ja-mecab", "ko, ko-mecab", "de, 13a", "'', 13a"})
    void theLanguageChooses(String language, String name) {
        assertThat(BleuTokenizer.defaultFor(language)).isEqualTo(name);
    }

    /** The passes over code points against the regular expressions of the original. */
    @Property(tries = 500)
    void v13aIsWhatItsRegularExpressionsAre(@ForAll("lines") String line) {
        String expected = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
        expected = expected.replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        expected = western(" " + expected + " ");
        assertThat(BleuTokenizer.V13A.tokenize(line)).isEqualTo(expected);
    }

    private static String western(String line) {
        String text = Pattern.compile("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])")
                .matcher(line)
                .replaceAll(" $1 ");
        text = text.replaceAll("([^0-9])([.,])", "$1 $2 ");
        text = text.replaceAll("([.,])([^0-9])", " $1 $2");
        text = text.replaceAll("([0-9])(-)", "$1 $2 ");
        return String.join(" ", PythonSpace.split(text));
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of(
                        ".",
                        ",",
                        "-",
                        "1",
                        "2",
                        "a",
                        "b",
                        " ",
                        "\n",
                        "'",
                        "&amp;",
                        "&",
                        "(",
                        "~",
                        "é",
                        "😀",
                        "。",
                        "<skipped>")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}

package org.bayling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
    private static final String ROWS = """
            {"text": "one", "id": 1}
            {"messages": [{"role": "user", "content": "two"}, {"role": "assistant", "content": [{"text": "three"}]}]}

            {"text": null, "messages": [{"from": "gpt", "value": "four"}]}
            """;

    @TempDir
    private Path temp;

    private String file(String name, byte[] content) throws IOException {
        return Files.write(temp.resolve(name), content).toString();
    }

    private static List<String> read(List<String> columns, String... files) throws IOException {
        List<String> texts = new ArrayList<>();
        new TextFiles(List.of(files), columns).read(texts::add, TaskProgress.silent());
        return texts;
    }

    @Test
    void rowsGiveTheirTextAndTheirMessagesPlainOrCompressed() throws IOException {
        byte[] rows = ROWS.getBytes(StandardCharsets.UTF_8);
        for (String file : List.of(
                file("a.jsonl", rows), file("b.jsonl.gz", gzip(rows)), file("c.jsonl.zst", Zstd.compress(rows)))) {
            assertThat(read(TextFiles.DEFAULT_COLUMNS, file)).containsExactly("one", "two", "three", "four");
        }
    }

    @Test
    void textComesInWholeLinesAndNoCharacterIsCut() throws IOException {
        String text = "line of text 🙂\n".repeat(20_000) + "🙂".repeat(100_001) + "\nthe end";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> texts = read(
                List.of(), file("a.txt", bytes), file("b.km.gz", gzip(bytes)), file("c", Zstd.compress(bytes)));
        assertThat(String.join("", texts)).isEqualTo(text + text + text);
        assertThat(texts).allSatisfy(each -> {
            assertThat(each.length()).isLessThanOrEqualTo(1 << 16);
            RowFields.sound("text", each);
        });
    }

    @Test
    void otherColumnsAreReadWhereTheyAreNamed() throws IOException {
        String file = file("a.tsv", "src\ttgt\nHallo\thello\n".getBytes(StandardCharsets.UTF_8));
        assertThat(read(List.of("tgt", "src"), file)).containsExactly("hello", "Hallo");
        assertThatThrownBy(() -> read(TextFiles.DEFAULT_COLUMNS, file))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ":2: has none of the columns [text, messages]; it has [src, tgt]. "
                        + "Name the columns that hold text with --column");
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        String broken = file("a.jsonl", "{\"text\": \"one\"}\n{\"text\": 1}\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(TextFiles.DEFAULT_COLUMNS, broken))
                .hasMessage(broken + ":2: 'text' is a number, expected a string or a list of messages");
        String half = file("b.jsonl", "{\"text\": \"\\ud83d\"}\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(TextFiles.DEFAULT_COLUMNS, half))
                .hasMessageStartingWith(half + ":1: 'text' holds half of a surrogate pair");
        String latin = file("c.txt", "Grüße".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(List.of(), latin)).hasMessageStartingWith(latin + ": holds bytes that are not UTF-8");
        byte[] whole = gzip("text ".repeat(1000).getBytes(StandardCharsets.UTF_8));
        String cut = file("d.txt.gz", Arrays.copyOf(whole, whole.length - 10));
        assertThatThrownBy(() -> read(List.of(), cut)).hasMessageStartingWith(cut + ": the compressed data are damaged");
        assertThatThrownBy(() -> read(List.of(), temp + "/none.txt")).hasMessageContaining("no data file at " + temp);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}

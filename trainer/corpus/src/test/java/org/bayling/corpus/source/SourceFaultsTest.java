package org.bayling.corpus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bayling.config.DataConfig;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.source.SourceRecipe.MultiFormat;
import org.bayling.corpus.source.SourceRecipe.ParallelFormat;
import org.bayling.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with the data ends the reading with file and line. */
class SourceFaultsTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();

    @TempDir
    private Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    private static SourceRecipe pairs(ParallelFormat format, List<String> languages, String... paths) {
        return new SourceRecipe.Parallel(
                "p", "CC0-1.0", List.of(paths), format, languages, SourceItem.Kind.SENTENCE);
    }

    private static List<SourceItem> read(SourceRecipe recipe) throws IOException {
        List<SourceItem> items = new ArrayList<>();
        Sources.open(recipe, REGISTRY).read(items::add);
        return items;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFault(SourceRecipe recipe) {
        return assertThatThrownBy(() -> read(recipe)).isInstanceOf(DataException.class);
    }

    @Test
    void shorterOfTwoAlignedFilesIsNamedWithItsLastLine() throws IOException {
        String english = file("a.en", "one\ntwo\nthree\n");
        String german = file("a.de", "eins\nzwei\n");
        assertFault(pairs(ParallelFormat.LINES, List.of("en", "de"), english, german))
                .hasMessageContaining("a.de:2")
                .hasMessageContaining("a.en goes on");
        assertFault(pairs(ParallelFormat.LINES, List.of("de", "en"), german, english)).hasMessageContaining("a.de:2");
    }

    @Test
    void emptySideIsNamedByFileLineAndLanguage() throws IOException {
        String english = file("a.en", "one\n \n");
        String german = file("a.de", "eins\nzwei\n");
        assertFault(pairs(ParallelFormat.LINES, List.of("en", "de"), english, german))
                .hasMessageContaining("a.en:2")
                .hasMessageContaining("in en is empty");
        String rows = file("a.jsonl", "{\"src_lang\":\"de\",\"tgt_lang\":\"en\",\"src\":\"eins\",\"tgt\":\"one\"}\n"
                + "{\"src_lang\":\"de\",\"tgt_lang\":\"en\",\"src\":\"\",\"tgt\":\"two\"}\n");
        assertFault(pairs(ParallelFormat.JSONL, List.of(), rows))
                .hasMessageContaining("a.jsonl:2")
                .hasMessageContaining("in de is empty");
        assertFault(pairs(ParallelFormat.TSV, List.of("en", "de"), file("a.tsv", "one\teins\ntwo\t\n")))
                .hasMessageContaining("a.tsv:2");
    }

    @Test
    void unknownLanguageIsNamedWhereItStands() throws IOException {
        String rows = file(
                "a.jsonl", "{\"src_lang\":\"Germann\",\"tgt_lang\":\"en\",\"src\":\"eins\",\"tgt\":\"one\"}");
        assertFault(pairs(ParallelFormat.JSONL, List.of(), rows))
                .hasMessageContaining("a.jsonl:1")
                .hasMessageContaining("\"Germann\"")
                .hasMessageContaining("de (German)");
        String english = file("a.en", "one\n");
        assertFault(pairs(ParallelFormat.LINES, List.of("en", "xx"), english, english))
                .hasMessageContaining("source 'p', languages")
                .hasMessageContaining("\"xx\"");
    }

    @Test
    void wrongEncodingIsNamedWithItsLine() throws IOException {
        byte[] latin1 = "gut\nschön\n".getBytes(StandardCharsets.ISO_8859_1);
        String german = file("a.de", latin1);
        String english = file("a.en", "good\nbeautiful\n");
        assertFault(pairs(ParallelFormat.LINES, List.of("de", "en"), german, english))
                .hasMessageContaining("a.de:2")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void brokenCompressedFilesAreNamed() throws IOException {
        byte[] text = "line\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        }
        byte[] zstd = Zstd.compress(text);
        String plain = file("a.en", text);
        for (byte[] whole : List.of(bytes.toByteArray(), zstd)) {
            String good = file("a.de.gz", whole);
            assertThat(read(pairs(ParallelFormat.LINES, List.of("de", "en"), good, plain))).hasSize(20_000);
            String cut = file("cut.de.gz", Arrays.copyOf(whole, whole.length - 12));
            assertFault(pairs(ParallelFormat.LINES, List.of("de", "en"), cut, plain))
                    .hasMessageContaining("cut.de.gz:")
                    // A frame that is short enough is found out on opening the file.
                    .hasMessageMatching(".*(damaged or cut off|Truncated source).*");
        }
    }

    @Test
    void missingFileAndWrongColumnsAreNamed() throws IOException {
        String missing = folder.resolve("none.de").toString();
        assertFault(pairs(ParallelFormat.LINES, List.of("de", "en"), missing, missing))
                .hasMessageContaining("none.de: no such file");
        assertFault(pairs(ParallelFormat.TSV, List.of("en", "de"), file("a.tsv", "one\teins\nalone\n")))
                .hasMessageContaining("a.tsv:2")
                .hasMessageContaining("found 1");
    }

    @Test
    void floresFilesMustAgreeAndNameALanguage() throws IOException {
        Path set = Files.createDirectory(folder.resolve("dev"));
        Files.writeString(set.resolve("eng_Latn.dev"), "one\ntwo\n");
        Files.writeString(set.resolve("zho_Hant.dev"), "一\n二\n");
        Files.writeString(set.resolve("deu_Latn.dev"), "eins\n");
        SourceRecipe all =
                new SourceRecipe.MultiParallel("f", "x", List.of(set.toString()), MultiFormat.FLORES, Set.of());
        assertFault(all).hasMessageContaining("deu_Latn.dev:1").hasMessageContaining("goes on");
        SourceRecipe two = new SourceRecipe.MultiParallel(
                "f", "x", List.of(set.toString()), MultiFormat.FLORES, Set.of("zh-TW", "English"));
        assertThat(read(two)).extracting(item -> ((SourceItem.Parallel) item).texts())
                .containsExactly(
                        new TreeMap<>(Map.of("en", "one", "zh-Hant", "一")),
                        new TreeMap<>(Map.of("en", "two", "zh-Hant", "二")));
        Files.writeString(set.resolve("notes.txt"), "x\n");
        assertFault(all).hasMessageContaining("notes.txt").hasMessageContaining("no code of a known language");
    }

    @Test
    void choiceWithoutARightAnswerIsRefused() throws IOException {
        String rows = file("val.it.jsonl", "{\"premise\":\"a\",\"choice1\":\"b\",\"choice2\":\"c\",\"label\":2}");
        assertFault(new SourceRecipe.Choice("c", "x", List.of(rows), Optional.empty()))
                .hasMessageContaining("val.it.jsonl:1")
                .hasMessageContaining("label is 2");
    }

    @Test
    void instructionWithoutAnswerOrLanguageIsRefused() throws IOException {
        String rows = file("a.jsonl", "{\"instruction\":\"a\",\"output\":\"b\"}\n"
                + "{\"instruction\":\"a\",\"output\":\"\"}\n");
        assertFault(instructions(rows, Optional.of("en")))
                .hasMessageContaining("a.jsonl:2")
                .hasMessageContaining("empty answer");
        assertFault(instructions(rows, Optional.empty()))
                .hasMessageContaining("a.jsonl:1")
                .hasMessageContaining("names no language");
    }

    private static SourceRecipe instructions(String path, Optional<String> language) {
        return new SourceRecipe.Instructions(
                "i", "x", List.of(path), DataConfig.Format.ALPACA, Map.of(), language, Optional.empty());
    }

    @Test
    void tmxIsReadWithoutItsDocumentType() throws IOException {
        String secret = file("secret.txt", "TOP SECRET");
        String tmx = file("a.tmx", """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE tmx SYSTEM "tmx14.dtd">
                <tmx version="1.4"><header srclang="en"/><body>
                <tu><tuv xml:lang="EN-US">
                <seg>Press <bpt i="1">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept> &amp; wait.</seg></tuv>
                <tuv xml:lang="de-DE"><seg>Drücken Sie OK &amp; warten Sie.</seg></tuv></tu>
                </body></tmx>
                """);
        assertThat(read(pairs(ParallelFormat.TMX, List.of(), tmx)))
                .extracting(item -> ((SourceItem.Parallel) item).texts().toString())
                .containsExactly("{de=Drücken Sie OK & warten Sie., en=Press OK & wait.}");
        String attack = file("b.tmx", "<!DOCTYPE tmx [<!ENTITY x SYSTEM \"" + Path.of(secret).toUri() + "\">]>\n"
                + "<tmx><body><tu>\n<tuv xml:lang=\"en\"><seg>a &x; b</seg></tuv>\n"
                + "<tuv xml:lang=\"de\"><seg>c</seg></tuv></tu></body></tmx>");
        List<SourceItem> items = new ArrayList<>();
        Throwable fault = catchThrowable(
                () -> Sources.open(pairs(ParallelFormat.TMX, List.of(), attack), REGISTRY).read(items::add));
        assertThat(items.toString() + fault).doesNotContain("TOP SECRET");
    }

    @Test
    void tmxInUtf16IsRead() throws IOException {
        String text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><tmx><body><tu><tuv xml:lang=\"en\"><seg>one</seg></tuv>"
                + "<tuv xml:lang=\"zh\"><seg>一</seg></tuv></tu></body></tmx>";
        assertThat(read(pairs(ParallelFormat.TMX, List.of(), file("a.tmx", text.getBytes(StandardCharsets.UTF_16)))))
                .extracting(item -> ((SourceItem.Parallel) item).texts().toString())
                .containsExactly("{en=one, zh=一}");
    }

    @Test
    void tmxFaultsAreNamedWithTheirLine() throws IOException {
        String broken = file("a.tmx", "<tmx><body>\n<tu>\n<tuv xml:lang=\"en\"><seg>a</tuv></tu></body></tmx>");
        assertFault(pairs(ParallelFormat.TMX, List.of(), broken))
                .hasMessageContaining("a.tmx:3")
                .hasMessageContaining("not well-formed XML");
        String alone = file("b.tmx", "<tmx><body>\n<tu><tuv xml:lang=\"en\"><seg>a</seg></tuv></tu></body></tmx>");
        assertFault(pairs(ParallelFormat.TMX, List.of(), alone)).hasMessageContaining("b.tmx:2");
        String empty = file("c.tmx", "<tmx><body><tu><tuv xml:lang=\"en\"><seg> </seg></tuv></tu></body></tmx>");
        assertFault(pairs(ParallelFormat.TMX, List.of(), empty)).hasMessageContaining("in en is empty");
    }
}

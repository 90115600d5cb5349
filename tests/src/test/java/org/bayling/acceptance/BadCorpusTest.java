package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sources and recipes that no corpus can be built of: the exit code, file and line, and nothing half-published. The first
 * fault ends the building; nothing is left out silently, as a pair that is left out may mean that all pairs after it are
 * misaligned.
 */
class BadCorpusTest {
    private static final String[] BUILD = {"corpus", "build", "recipe.yaml", "--output", "corpus"};

    /** The mixture begins in this line of the recipe. */
    private static final int MIXTURE = 9;

    @TempDir
    private Path temp;

    /**
     * One fault.
     *
     * @param file that is spoilt
     * @param spoilt its bytes from the sound ones
     * @param told what the message says
     */
    private record Bad(String what, int exitCode, String file, UnaryOperator<byte[]> spoilt, String... told) {
        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeEach
    void files() throws IOException {
        put("pairs.de", text("Satz % ist kurz.\n").getBytes(StandardCharsets.UTF_8));
        put("pairs.en", text("Sentence % is short.\n").getBytes(StandardCharsets.UTF_8));
        put("columns.tsv", text("Phrase % est courte.\tSentence % is short.\n").getBytes(StandardCharsets.UTF_8));
        put("objects.jsonl", text("{\"src_lang\": \"it\", \"tgt_lang\": \"en\", \"src\": \"Frase %.\", \"tgt\": \"Phrase %.\"}\n")
                .getBytes(StandardCharsets.UTF_8));
        put("memory.tmx", ("<tmx version=\"1.4\"><body>\n" + text("<tu><tuv xml:lang=\"en\"><seg>Unit %.</seg></tuv>"
                + "<tuv xml:lang=\"es\"><seg>Unidad %.</seg></tuv></tu>\n") + "</body></tmx>\n").getBytes(StandardCharsets.UTF_8));
        put("rows.jsonl", text("{\"instruction\": \"What is %?\", \"output\": \"It is %.\", \"language\": \"en\"}\n")
                .getBytes(StandardCharsets.UTF_8));
        put("many/eng_Latn.dev", text("Line %.\n").getBytes(StandardCharsets.UTF_8));
        put("many/zho_Hans.dev", text("第%行。\n").getBytes(StandardCharsets.UTF_8));
        put("recipe.yaml", """
                quality: none
                sources:
                  - {id: pairs, kind: parallel, path: [pairs.de, pairs.en], format: lines, languages: [de, en], licence: CC0}
                  - {id: columns, kind: parallel, path: columns.tsv, format: tsv, languages: [fr, en], licence: CC0}
                  - {id: objects, kind: parallel, path: objects.jsonl, format: jsonl, licence: CC0}
                  - {id: memory, kind: parallel, path: memory.tmx, format: tmx, licence: CC0}
                  - {id: rows, kind: instructions, path: rows.jsonl, licence: CC0}
                  - {id: many, kind: multi_parallel, path: many, format: flores, licence: CC0}
                mixture:
                  samples: 100
                  groups: {en: 10, cross-lingual: 90}
                """.getBytes(StandardCharsets.UTF_8));
    }

    /** Twelve lines, numbered where the pattern has a percent sign. */
    private static String text(String pattern) {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 12; i++) {
            lines.append(pattern.replace("%", Integer.toString(i)));
        }
        return lines.toString();
    }

    private void put(String name, byte[] content) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    static Stream<Bad> faults() {
        return Stream.of(misaligned(), unknownLanguages(), wrongEncodings(), emptySides(), brokenFrames(), weights())
                .flatMap(List::stream);
    }

    private static List<Bad> misaligned() {
        return List.of(
                new Bad("the first of two files is shorter", 10, "pairs.de", lastLineCut(), "pairs.de:11: the file ends here"),
                new Bad("the second is shorter", 10, "pairs.en", lastLineCut(), "pairs.en:11: the file ends here", "pairs.de goes on"),
                new Bad("of many files one is shorter", 10, "many/zho_Hans.dev", lastLineCut(), "zho_Hans.dev:11: the file ends"),
                new Bad("a column is missing", 10, "columns.tsv", replaced("\tSentence 5", " 5"), "columns.tsv:5: expected two columns"),
                new Bad("a unit has one variant", 10, "memory.tmx",
                        replaced("<tuv xml:lang=\"es\"><seg>Unidad 3.</seg></tuv>", ""), "memory.tmx:4: ", "1 languages"));
    }

    private static List<Bad> unknownLanguages() {
        return List.of(
                new Bad("in the recipe", 2, "recipe.yaml", replaced("[fr, en]", "[frr9, en]"),
                        "recipe.yaml:4:", "sources.1.languages: unknown language \"frr9\""),
                new Bad("in a row of pairs", 10, "objects.jsonl", replaced("\"it\", \"tgt_lang\": \"en\", \"src\": \"Frase 7.", "\"Italiann\", \"tgt_lang\": \"en\", \"src\": \"Frase 7."),
                        "objects.jsonl:7: unknown language \"Italiann\"", "it (Italian)"),
                new Bad("in a row of instructions", 10, "rows.jsonl",
                        replaced("It is 9.\", \"language\": \"en\"", "It is 9.\", \"language\": \"klingonish\""),
                        "rows.jsonl:9: unknown language \"klingonish\""),
                new Bad("in a translation memory", 10, "memory.tmx", replaced("\"es\"><seg>Unidad 2.", "\"e5\"><seg>Unidad 2."),
                        "memory.tmx:3: unknown language \"e5\""),
                new Bad("in no row and not in the recipe", 10, "rows.jsonl", replaced(", \"language\": \"en\"", ""),
                        "rows.jsonl:1: the row names no language", "'rows'"));
    }

    private static List<Bad> wrongEncodings() {
        List<Bad> faults = new ArrayList<>();
        for (String file : List.of("pairs.de", "columns.tsv", "objects.jsonl", "rows.jsonl")) {
            faults.add(new Bad("Latin-1 in " + file, 10, file, latin1Line(), file + ":2: ", "not UTF-8"));
        }
        faults.add(new Bad("Latin-1 in many files", 10, "many/eng_Latn.dev", latin1Line(), "eng_Latn.dev:2: ", "not UTF-8"));
        faults.add(new Bad("Latin-1 in a translation memory", 10, "memory.tmx", latin1Line(), "memory.tmx:2: ", "not UTF-8"));
        faults.add(new Bad("UTF-16", 10, "pairs.de",
                bytes -> new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16), "pairs.de:1: ", "not UTF-8"));
        return faults;
    }

    private static List<Bad> emptySides() {
        return List.of(
                new Bad("an empty line", 10, "pairs.en", replaced("Sentence 4 is short.", "  "), "pairs.en:4: the side in en is empty"),
                new Bad("an empty column", 10, "columns.tsv", replaced("\tSentence 5 is short.", "\t"),
                        "columns.tsv:5: the side in en is empty"),
                new Bad("an empty text", 10, "objects.jsonl", replaced("Frase 6.", ""), "objects.jsonl:6: the side in it is empty"),
                new Bad("an empty segment", 10, "memory.tmx", replaced("Unidad 8.", " "), "memory.tmx:9: the side in es is empty"),
                new Bad("an empty line of many files", 10, "many/zho_Hans.dev", replaced("第3行。", ""),
                        "zho_Hans.dev:3: the line is empty"),
                new Bad("an empty answer", 10, "rows.jsonl", replaced("It is 10.", ""), "rows.jsonl:10: ", "empty answer"));
    }

    /** Compressed files are told by their first bytes, not by their names. */
    private static List<Bad> brokenFrames() {
        List<Bad> faults = new ArrayList<>();
        Map<String, UnaryOperator<byte[]>> packers = Map.of("gzip", BadCorpusTest::gzip, "zstd", BadCorpusTest::zstd);
        for (String packer : List.of("gzip", "zstd")) {
            UnaryOperator<byte[]> packed = packers.get(packer);
            for (String file : List.of("pairs.de", "objects.jsonl", "memory.tmx")) {
                faults.add(new Bad(packer + " cut off: " + file, 10, file, bytes -> cut(packed.apply(bytes)), file + ":"));
                faults.add(new Bad(packer + " with a wrong byte: " + file, 10, file, bytes -> flipped(packed.apply(bytes)), file + ":"));
            }
        }
        return faults;
    }

    private static List<Bad> weights() {
        String mixture = "recipe.yaml:" + MIXTURE + ": the mixture cannot be met: ";
        return List.of(
                new Bad("more than there is", 10, "recipe.yaml", replaced("samples: 100", "samples: 100000"),
                        mixture + "group en should give 10000 samples, but its 12 candidates", "raise max_epochs"),
                new Bad("a group without a source", 10, "recipe.yaml", replaced("{en: 10,", "{zh: 10,"), mixture + "group zh"),
                new Bad("a minimum above what a language has", 10, "recipe.yaml",
                        replaced("samples: 100", "samples: 100\n  min_samples_per_language: 5000"), mixture, "below_minimum"),
                new Bad("a minimum above the samples", 10, "recipe.yaml",
                        replaced("samples: 100", "samples: 30\n  min_samples_per_language: 10"), mixture, "lower the minimum"),
                new Bad("a negative weight", 2, "recipe.yaml", replaced("en: 10", "en: -10"), "mixture.groups.en: expected a number of at least 0"),
                new Bad("no weight at all", 2, "recipe.yaml", replaced("{en: 10, cross-lingual: 90}", "{en: 0}"), "mixture.groups: no number is above 0"),
                new Bad("the weight of an unknown task", 2, "recipe.yaml",
                        replaced("samples: 100", "samples: 100\n  tasks: {translate: 2}"), "mixture.tasks.translate: is no task"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isToldWithFileAndLineAndNothingIsPublished(Bad bad) throws Exception {
        Path file = temp.resolve(bad.file());
        byte[] sound = Files.readAllBytes(file);
        byte[] spoilt = bad.spoilt().apply(sound);
        assertThat(spoilt).isNotEqualTo(sound);
        Files.write(file, spoilt);
        Map<String, Integer> before = Refusals.files(temp);

        BuiltProduct.Result result = InProcess.run(
                "corpus", "build", file("recipe.yaml"), "root=" + temp, "--output", file("corpus"));
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(bad.exitCode());
        assertThat(result.err()).contains(bad.told()).doesNotContain("Exception", "\tat ");
        assertThat(temp.resolve("corpus")).doesNotExist();
        // What was read before the fault in the mixture was found is kept for the next recipe.
        if (!bad.file().equals("recipe.yaml")) {
            assertThat(Refusals.files(temp)).isEqualTo(before);
        }
    }

    private String file(String name) {
        return temp.resolve(name).toString();
    }

    @Test
    void aDiskThatFillsUpIsToldAndTheBuildGoesOnWhenThereIsRoom() throws Exception {
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < 4000; i++) {
            byte[] drawn = new byte[300];
            new Random(i).nextBytes(drawn);
            noise.append(Base64.getEncoder().encodeToString(drawn)).append('\n');
        }
        put("pairs.de", noise.toString().getBytes(StandardCharsets.UTF_8));
        put("pairs.en", noise.toString().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        String[] build = {
            "corpus", "build", "recipe.yaml", "mixture.samples=1000", "mixture.groups={cross-lingual: 1}",
            "--output", "disk/corpus"
        };
        try (Disk disk = Disk.mount(temp.resolve("disk"), "size=600k")) {
            assertThat(Refusals.explained(11, Refusals.product(temp), build).err())
                    .contains("disk/corpus.building", "No space left on device");
            assertThat(temp.resolve("disk")).isEmptyDirectory();
            disk.remount("size=4m");
            assertThat(Refusals.explained(11, Refusals.product(temp), build).err())
                    .contains("disk/corpus.building", "not enough disk space for the samples of the corpus: needed");
            assertThat(temp.resolve("disk/corpus")).doesNotExist();
            disk.remount("size=40m");
            Refusals.product(temp).expect(0, build);
            Refusals.product(temp).expect(0, "corpus", "verify", "disk/corpus");
        }
    }

    @Test
    void aPlaceThatIsTakenOrCannotBeWrittenToIsNamed() throws Exception {
        Files.createDirectory(temp.resolve("corpus"));
        assertThat(Refusals.refused(11, temp, BUILD).err()).contains("corpus: is there already");
        assertThat(Refusals.refused(11, temp, "corpus", "build", "recipe.yaml", "--output", "pairs.de/corpus").err())
                .contains("pairs.de/corpus.building: Not a directory");
    }

    @Test
    void filesThatAreMissingAreNamed() throws Exception {
        for (String file : List.of("pairs.en", "columns.tsv", "objects.jsonl", "memory.tmx", "rows.jsonl")) {
            Path path = temp.resolve(file);
            byte[] sound = Files.readAllBytes(path);
            Files.delete(path);
            BuiltProduct.Result result = InProcess.run(
                    "corpus", "build", file("recipe.yaml"), "root=" + temp, "--output", file("corpus"));
            assertThat(result.exitCode()).as(result.toString()).isEqualTo(10);
            assertThat(result.err()).contains(path.toString());
            Files.write(path, sound);
        }
    }

    private static UnaryOperator<byte[]> lastLineCut() {
        return bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static UnaryOperator<byte[]> replaced(String words, String others) {
        return bytes -> new String(bytes, StandardCharsets.UTF_8).replace(words, others).getBytes(StandardCharsets.UTF_8);
    }

    /** A letter of the second line becomes one that is two bytes in UTF-8 and another one in Latin-1. */
    private static UnaryOperator<byte[]> latin1Line() {
        return bytes -> {
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
            while (!Character.isLowerCase(bytes[at])) {
                at++;
            }
            byte[] spoilt = bytes.clone();
            spoilt[at] = (byte) 0xe9;
            return spoilt;
        };
    }

    private static byte[] cut(byte[] packed) {
        return Arrays.copyOf(packed, packed.length - 12);
    }

    private static byte[] flipped(byte[] packed) {
        byte[] spoilt = packed.clone();
        spoilt[packed.length * 2 / 3] ^= 0x10;
        return spoilt;
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(byte[] content) {
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            return zstd.setChecksum(true).compress(content);
        }
    }
}

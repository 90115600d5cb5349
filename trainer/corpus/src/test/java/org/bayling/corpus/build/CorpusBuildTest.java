package org.bayling.corpus.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.bayling.corpus.mixture.CellTable;
import org.bayling.corpus.report.CorpusReport;
import org.bayling.corpus.report.SampleChoice;
import org.bayling.corpus.shard.CorpusVerification;
import org.bayling.data.CorpusManifest;
import org.bayling.data.DataException;
import org.bayling.data.ShardReader;
import org.bayling.io.CorruptFileException;
import org.bayling.io.FaultPoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusBuildTest {
    @TempDir
    private Path temp;

    private Path recipe;

    @BeforeEach
    void writeSources() throws IOException {
        recipe = TinyCorpus.write(Files.createDirectories(temp.resolve("sources")));
    }

    @Test
    void realisedSharesAreThePlannedOnes() throws Exception {
        CorpusManifest manifest = TinyCorpus.build(recipe, temp.resolve("corpus"));

        assertThat(manifest.samples()).isEqualTo(400);
        // 400 x 43.2, 26.2, 30.6 % = 172.8, 104.8, 122.4
        assertThat(manifest.json().get("groups").toString()).isEqualTo("{\"cross-lingual\":122,\"en\":105,\"zh\":173}");
        CellTable.read(read("plan.json").get("cells")).forEach((cell, figures) ->
                assertThat(figures[2]).as("realised of " + cell).isEqualTo(figures[1]));
        assertThat(manifest.json().get("languages").has("km")).isTrue();
        assertThat(manifest.json().get("sources").toString())
                .contains("{\"id\":\"fr\",\"licence\":\"CC0-1.0\",\"items_read\":60,\"items_kept\":60}");
        assertThat(CorpusVerification.verify(temp.resolve("corpus"))).isEqualTo(manifest);
    }

    @Test
    void candidatesAreRepeatedOnlyWhenAllWereDrawn() throws Exception {
        CorpusManifest manifest = TinyCorpus.build(recipe, temp.resolve("corpus"));
        // 60 English instructions, 105 samples: each once, 45 of them twice.
        List<JsonNode> english = SampleChoice.first(manifest, 1000, s -> s.get("group").asText().equals("en"));
        Set<String> items = new HashSet<>();
        english.forEach(sample -> items.add(sample.get("item").asText()));
        assertThat(english).hasSize(105);
        assertThat(items).hasSize(60);
    }

    @Test
    void theNumberOfThreadsChangesNoByte() throws Exception {
        TinyCorpus.build(recipe, temp.resolve("one"), 1, FaultPoint.NONE);
        TinyCorpus.build(recipe, temp.resolve("many"), 5, FaultPoint.NONE);
        assertThat(TinyCorpus.files(temp.resolve("many"))).isEqualTo(TinyCorpus.files(temp.resolve("one")));
    }

    @Test
    void theSeedChangesTheOrder() throws Exception {
        TinyCorpus.build(recipe, temp.resolve("one"));
        TinyCorpus.build(recipe, temp.resolve("other"), 2, FaultPoint.NONE, "seed=4");
        assertThat(TinyCorpus.files(temp.resolve("other")).get("shard-00000.jsonl.zst"))
                .isNotEqualTo(TinyCorpus.files(temp.resolve("one")).get("shard-00000.jsonl.zst"));
    }

    @Test
    void aBuildThatBrokeOffAnywhereGoesOnToTheSameBytes() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        TinyCorpus.build(recipe, temp.resolve("whole"), 2, (moment, path) -> steps.incrementAndGet());
        Map<String, Integer> whole = TinyCorpus.files(temp.resolve("whole"));
        assertThat(steps.get()).isGreaterThan(60);

        for (int at = 1; at < steps.get(); at += 5) {
            Path target = temp.resolve("broken-" + at);
            breakOffAt(at, target);
            assertThat(target).as("at step " + at).doesNotExist();
            TinyCorpus.build(recipe, target);
            assertThat(TinyCorpus.files(target)).as("after step " + at).isEqualTo(whole);
            assertThat(temp.resolve("broken-" + at + ".building")).doesNotExist();
        }
    }

    @Test
    void samplesThatWereMadeBeforeAKillAreNotMadeAgainUnlessTheyAreDamaged() throws Exception {
        Map<String, Integer> whole = TinyCorpus.files(TinyCorpus.build(recipe, temp.resolve("whole")).folder());
        FaultPoint afterTheFirstMark = (moment, path) -> {
            if (path.getFileName().toString().startsWith(WorkDirectory.GENERATED)) {
                throw new IOException("killed");
            }
        };
        for (boolean damaged : new boolean[] {false, true}) {
            Path target = temp.resolve("corpus-" + damaged);
            assertThatThrownBy(() -> TinyCorpus.build(recipe, target, 2, afterTheFirstMark)).hasMessage("killed");
            if (damaged) {
                flipByte(temp.resolve("corpus-true.building/buckets/bucket-003"), 20);
            }
            List<Long> made = new ArrayList<>();
            TinyCorpus.build(recipe, target, (what, done, total, unit) -> {
                if (what.equals("making samples")) {
                    made.add(done);
                }
            });
            assertThat(made.get(0)).as("samples after the first that are made").isEqualTo(damaged ? 257 : 400);
            assertThat(TinyCorpus.files(target)).isEqualTo(whole);
        }
    }

    @Test
    void whatAKillLeftBesideAFinishedCorpusIsCleanedByTheSameCommand() throws Exception {
        Path target = temp.resolve("corpus");
        FaultPoint atTheEnd = (moment, path) -> {
            if (moment == FaultPoint.Moment.AFTER_RENAME && path.endsWith("corpus")) {
                throw new IOException("killed");
            }
        };
        assertThatThrownBy(() -> TinyCorpus.build(recipe, target, 2, atTheEnd)).hasMessage("killed");
        assertThat(temp.resolve("corpus.building")).exists();
        assertThatThrownBy(() -> TinyCorpus.build(recipe, temp.resolve("corpus"), 2, FaultPoint.NONE, "seed=9"))
                .as("another recipe")
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(temp.resolve("corpus.building")).doesNotExist();

        Files.move(target, temp.resolve("kept"));
        assertThatThrownBy(() -> TinyCorpus.build(recipe, target, 2, atTheEnd)).hasMessage("killed");
        assertThat(TinyCorpus.build(recipe, target).samples()).isEqualTo(400);
        assertThat(temp.resolve("corpus.building")).doesNotExist();
        assertThat(TinyCorpus.files(target)).isEqualTo(TinyCorpus.files(temp.resolve("kept")));
    }

    @Test
    void finishedShardsAreKeptUnlessTheyAreDamaged() throws Exception {
        Path target = temp.resolve("corpus");
        List<String> written = new ArrayList<>();
        FaultPoint stops = (moment, path) -> {
            if (moment == FaultPoint.Moment.AFTER_RENAME && path.toString().endsWith(".zst") && !path.endsWith("items.zst")) {
                written.add(path.getFileName().toString());
            }
            if (moment == FaultPoint.Moment.BEFORE_RENAME && path.toString().contains("manifest.json")) {
                throw new IOException("stopped here");
            }
        };
        assertThatThrownBy(() -> TinyCorpus.build(recipe, target, 1, stops)).hasMessage("stopped here");
        assertThat(written).hasSize(7);

        written.clear();
        assertThatThrownBy(() -> TinyCorpus.build(recipe, target, 1, stops)).hasMessage("stopped here");
        assertThat(written).as("written a second time").isEmpty();

        Path shard = temp.resolve("corpus.building/corpus/shard-00003.jsonl.zst");
        flipByte(shard, 40);
        TinyCorpus.build(recipe, target);
        TinyCorpus.build(recipe, temp.resolve("whole"));
        assertThat(TinyCorpus.files(target)).isEqualTo(TinyCorpus.files(temp.resolve("whole")));
    }

    @Test
    void anotherMixtureOfTheSameSourcesGoesOnWithWhatWasRead() throws Exception {
        Path target = temp.resolve("corpus");
        String[] other = {"mixture.samples=200", "seed=4"};
        TinyCorpus.build(recipe, temp.resolve("whole"), 2, FaultPoint.NONE, other);
        breakOffAt(60, target);
        assertThat(temp.resolve("corpus.building/generating.json")).exists();
        FaultPoint readsAgain = (moment, path) -> assertThat(path.toString()).doesNotContain("items.zst");
        TinyCorpus.build(recipe, target, 2, readsAgain, other);
        assertThat(TinyCorpus.files(target)).isEqualTo(TinyCorpus.files(temp.resolve("whole")));
    }

    @Test
    void anotherRecipeDoesNotGoOnWithWhatOneLeft() throws Exception {
        breakOffAt(40, temp.resolve("corpus"));
        String less = "sources=[{id: fr, kind: parallel, path: fr.tsv, format: tsv, languages: [fr, en], licence: CC0-1.0}]";
        String alone = "mixture.groups={cross-lingual: 1}";
        TinyCorpus.build(recipe, temp.resolve("corpus"), 2, FaultPoint.NONE, less, alone);
        TinyCorpus.build(recipe, temp.resolve("whole"), 2, FaultPoint.NONE, less, alone);
        assertThat(TinyCorpus.files(temp.resolve("corpus"))).isEqualTo(TinyCorpus.files(temp.resolve("whole")));
    }

    @Test
    void aCorpusThatIsThereIsNotTouched() throws Exception {
        TinyCorpus.build(recipe, temp.resolve("corpus"));
        Map<String, Integer> before = TinyCorpus.files(temp.resolve("corpus"));
        assertThatThrownBy(() -> TinyCorpus.build(recipe, temp.resolve("corpus")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(TinyCorpus.files(temp.resolve("corpus"))).isEqualTo(before);
    }

    @Test
    void anySampleIsFoundDirectly() throws Exception {
        CorpusManifest manifest = TinyCorpus.build(recipe, temp.resolve("corpus"));
        try (ShardReader last = ShardReader.open(manifest, 6)) {
            assertThat(last.samples()).isEqualTo(400 - 6 * 64);
            assertThat(last.frames()).isEqualTo(1);
        }
        try (ShardReader reader = ShardReader.open(manifest, 2)) {
            List<JsonNode> all = new ArrayList<>();
            for (int frame = 0; frame < reader.frames(); frame++) {
                all.addAll(reader.samples(frame));
            }
            assertThat(all).hasSize(64);
            for (int i : new int[] {63, 0, 15, 16, 40}) {
                assertThat(reader.read(i)).isEqualTo(all.get(i));
            }
            assertThatThrownBy(() -> reader.read(64)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void everyDamagedFileOfACorpusIsNamed() throws Exception {
        TinyCorpus.build(recipe, temp.resolve("corpus"));
        for (String name : TinyCorpus.files(temp.resolve("corpus")).keySet()) {
            Path file = temp.resolve("corpus").resolve(name);
            byte[] sound = Files.readAllBytes(file);
            if (name.equals(CorpusManifest.NAME)) {
                Files.writeString(file, Files.readString(file).replace("\"km\" : ", "\"km\" : 1"));
            } else {
                flipByte(file, sound.length / 2);
            }
            if (sound.length > 0) {
                assertThatThrownBy(() -> CorpusVerification.verify(temp.resolve("corpus")))
                        .as(name)
                        .isInstanceOf(CorruptFileException.class)
                        .hasMessageContaining(name);
            }
            Files.write(file, sound);
        }
        Path shard = temp.resolve("corpus/shard-00001.jsonl.zst");
        Files.write(shard, java.util.Arrays.copyOf(Files.readAllBytes(shard), 100));
        assertThatThrownBy(() -> CorpusManifest.read(temp.resolve("corpus")))
                .hasMessageContaining("shard-00001.jsonl.zst: wrong size: found 100 bytes");
        Files.delete(temp.resolve("corpus/manifest.json"));
        assertThatThrownBy(() -> CorpusManifest.read(temp.resolve("corpus")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("holds no manifest.json");
    }

    @Test
    void theReportEscapesWhatTheCorpusHolds() throws Exception {
        TinyCorpus.build(recipe, temp.resolve("corpus"));
        Path page = temp.resolve("report.html");
        CorpusReport.write(temp.resolve("corpus"), page);
        String html = Files.readString(page);
        assertThat(html)
                .contains("Languages and tasks", "Shares, planned and realised", "Lengths", "What the filters removed",
                        "Scripts", "id=\"browser\"", "Khmer", "translation", "&lt;b&gt;")
                .doesNotContain("<b>1</b>", "http://", "https://");
    }

    @Test
    void badInputIsNamedWithFileAndLineAndNothingIsPublished() throws Exception {
        Path sources = temp.resolve("sources");
        refused("km.txt", Files.readString(sources.resolve("km.txt")) + "one more\n", "en.txt:60: the file ends here", "km.txt goes on");
        refused("fr.tsv", "Le livre.\tA book.\nLe livre.\n", "fr.tsv", "2");
        refusedBytes("fr.tsv", "Le livre.\tA book.\nL'été\tSummer\n".getBytes(StandardCharsets.ISO_8859_1), "fr.tsv", "2",
                "UTF-8");
        byte[] compressed = gzip(Files.readAllBytes(sources.resolve("fr.tsv")));
        refusedBytes("fr.tsv", java.util.Arrays.copyOf(compressed, compressed.length / 2), "fr.tsv", "damaged or cut off");
        refused("en.jsonl", "{\"instruction\": \"x\", \"output\"\n", "en.jsonl", "1");
        Files.delete(sources.resolve("zh.jsonl"));
        refusedAsIs("zh.jsonl");
    }

    @Test
    void sharesThatCannotBeMetAreRefusedBeforeAnythingIsMade() {
        assertThatThrownBy(() -> TinyCorpus.build(
                        recipe, temp.resolve("corpus"), 2, FaultPoint.NONE, "mixture.samples=4000"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("group zh should give 1728 samples, but its 60 candidates at max_epochs: 4 give 240");
        assertThat(temp.resolve("corpus")).doesNotExist();
        assertThat(temp.resolve("corpus.building/generated.json")).doesNotExist();
    }

    @Test
    void aFullDiskLeavesNothingHalfPublished() throws Exception {
        FaultPoint full = (moment, path) -> {
            if (moment == FaultPoint.Moment.BEFORE_WRITE && path.toString().contains("shard-00002")) {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> TinyCorpus.build(recipe, temp.resolve("corpus"), 2, full))
                .hasMessage("No space left on device");
        assertThat(temp.resolve("corpus")).doesNotExist();
        TinyCorpus.build(recipe, temp.resolve("corpus"));
        CorpusVerification.verify(temp.resolve("corpus"));
    }

    private void breakOffAt(int step, Path target) {
        AtomicInteger steps = new AtomicInteger();
        // Nothing of the process goes on after a kill: every later step fails too.
        FaultPoint kill = (moment, path) -> {
            if (steps.incrementAndGet() >= step) {
                throw new IOException("killed");
            }
        };
        try {
            TinyCorpus.build(recipe, target, 2, kill);
        } catch (Exception e) {
            assertThat(e).hasMessageContaining("killed");
        }
    }

    private void refused(String file, String content, String... words) throws Exception {
        refusedBytes(file, content.getBytes(StandardCharsets.UTF_8), words);
    }

    private void refusedBytes(String file, byte[] content, String... words) throws Exception {
        Path path = temp.resolve("sources").resolve(file);
        byte[] sound = Files.readAllBytes(path);
        Files.write(path, content);
        refusedAsIs(words);
        Files.write(path, sound);
    }

    private void refusedAsIs(String... words) {
        assertThatThrownBy(() -> TinyCorpus.build(recipe, temp.resolve("corpus")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(words);
        assertThat(temp.resolve("corpus")).doesNotExist();
    }

    private JsonNode read(String name) throws IOException {
        return WorkDirectory.JSON.readTree(temp.resolve("corpus").resolve(name).toFile());
    }

    private static void flipByte(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (at < bytes.length) {
            bytes[at] ^= 1;
        }
        Files.write(file, bytes);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}

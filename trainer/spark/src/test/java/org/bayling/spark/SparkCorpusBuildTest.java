package org.bayling.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.build.CorpusBuild;
import org.bayling.corpus.build.CorpusRecipeReader;
import org.bayling.corpus.shard.CorpusVerification;
import org.bayling.data.DataException;
import org.bayling.io.Checksum;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkCorpusBuildTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();

    private Path temp;
    private Path recipe;
    private Map<String, String> local;
    private JavaSparkContext spark;

    @BeforeAll
    void buildOnOneMachine(@TempDir Path folder) throws Exception {
        temp = folder;
        recipe = MixedSources.write(Files.createDirectory(temp.resolve("sources")));
        buildLocally(recipe, temp.resolve("local"));
        local = files(temp.resolve("local"));
        spark = new JavaSparkContext(conf("local[*]"));
    }

    @AfterAll
    void stop() {
        spark.close();
    }

    @Test
    void everyFileHasTheBytesOfTheLocalRunWhateverThePartitions() throws Exception {
        for (int partitions : new int[] {1, 3, 64}) {
            Path target = temp.resolve("partitions-" + partitions);
            build(recipe, target, partitions);
            assertThat(files(target)).as(partitions + " partitions").isEqualTo(local);
            assertThat(temp.resolve(target.getFileName() + ".building")).doesNotExist();
        }
        CorpusVerification.verify(temp.resolve("partitions-3"));
    }

    @Test
    void theCorpusThatIsComparedHasSeveralPartsAndShardsAndLossesOfEveryKind() throws Exception {
        JsonNode manifest = json("local/manifest.json");
        assertThat(manifest.get("shards")).hasSize(12);
        assertThat(manifest.get("sources").findValuesAsText("items_read")).contains("1100", "2600");
        assertThat(json("local/statistics.json").get("filters").findValuesAsText("filter"))
                .contains("decontamination", "exact-duplicate", "near-duplicate");
        assertThat(manifest.get("tasks").has("list-translation")).isTrue();
    }

    @Test
    void oneThreadOrSeveralGiveTheSameBytesThroughTheProgram() throws Exception {
        // A second context in one JVM is refused.
        spark.close();
        try {
            for (String master : List.of("local[1]", "local[3]")) {
                Path target = temp.resolve(master);
                ByteArrayOutputStream printed = new ByteArrayOutputStream();
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
                int code = new CorpusBuildJob(out, out)
                        .run(new String[] {recipe.toString(), "--output", target.toString()}, conf(master));
                assertThat(code).as(printed.toString(StandardCharsets.UTF_8)).isZero();
                assertThat(printed.toString(StandardCharsets.UTF_8))
                        .contains("group and language", "6000 samples in 12 shards");
                assertThat(files(target)).as(master).isEqualTo(local);
            }
        } finally {
            spark = new JavaSparkContext(conf("local[*]"));
        }
    }

    @Test
    void badInputIsToldAsTheLocalRunTellsItAndNothingIsLeft() throws Exception {
        refused("fr.tsv", "Le livre est là.\tA book is there.\nLe livre est là.\n", "fr.tsv:2");
        refused("en.jsonl", "{\"instruction\": \"x\", \"output\"\n", "en.jsonl:1");
        refused("km.txt", "១\n", "km.txt", "ends here");
        refused("evaluation.txt", null, "evaluation.txt");
    }

    @Test
    void ofSeveralBadSourcesTheFirstOneIsTold() throws Exception {
        Path sources = copy("two-bad");
        Files.writeString(sources.resolve("en.jsonl"), "no JSON\n");
        Files.writeString(sources.resolve("fr.tsv"), "one column\n");
        assertThatThrownBy(() -> build(sources.resolve("recipe.yaml"), temp.resolve("bad"), 4, "root=" + sources))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("fr.tsv:1");
    }

    @Test
    void whatWasReadIsKeptForAnotherMixture() throws Exception {
        Path target = temp.resolve("another-mixture");
        Path kept = temp.resolve("another-mixture.building/parts/kept/000-000001");
        Path unmet = temp.resolve("unmet");
        Throwable expected = catchThrowable(() -> buildLocally(recipe, unmet, "mixture.samples=900000"));
        assertThatThrownBy(() -> build(recipe, target, 4, "mixture.samples=900000"))
                .isInstanceOf(DataException.class)
                .hasMessage(expected.getMessage());
        assertThat(target).doesNotExist();

        FileTime before = Files.getLastModifiedTime(kept);
        new SparkCorpusBuild(spark, recipe, List.of(), target, 4)
                .run(plan -> assertThat(kept.toFile().lastModified()).isEqualTo(before.toMillis()));
        assertThat(files(target)).isEqualTo(local);
    }

    @Test
    void aTaskThatFailsPublishesNothingAndTheNextRunHasTheSameBytes() throws Exception {
        Path target = temp.resolve("failed");
        Path obstacle = temp.resolve("failed.building/corpus/shard-00003.jsonl.zst/obstacle");
        SparkCorpusBuild build = new SparkCorpusBuild(spark, recipe, List.of(), target, 4);
        assertThatThrownBy(() -> build.run(plan -> assertThat(obstacle.toFile().mkdirs()).isTrue()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("shard-00003.jsonl.zst");
        assertThat(target).doesNotExist();
        build.run(plan -> {});
        assertThat(files(target)).isEqualTo(local);
        assertThatThrownBy(() -> build.run(plan -> {})).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void theSmallRecipeOnTheSharedDataHasTheBytesOfTheLocalRun() throws Exception {
        assumeTrue(Boolean.getBoolean("bayling.benchmarks"), "takes half a minute: with -Dbayling.benchmarks=true");
        String elsewhere = System.getenv().getOrDefault("BAYLING_SHARED", "../shared");
        Path shared = Path.of(System.getProperty("bayling.shared", elsewhere));
        assumeTrue(Files.exists(shared.resolve("data")), "skipped: " + shared + " is absent (set BAYLING_SHARED)");
        Path small = Path.of(System.getProperty("bayling.root", "../..")).resolve("configs/corpus/small.yaml");
        String[] overrides = {
            "root=" + shared.toAbsolutePath(),
            "sources.3.path=data/wmt-dev/train.is-en.jsonl.gz",
            "quality={skip: [language-id, near-duplicate]}",
            "mixture.samples=20000",
            "sources.8.largest_number=8",
            "sources.8.dates=4",
            "mixture.min_samples_per_language=5"
        };
        buildLocally(small, temp.resolve("small-local"), overrides);
        build(small, temp.resolve("small-spark"), 8, overrides);
        assertThat(files(temp.resolve("small-spark"))).isEqualTo(files(temp.resolve("small-local")));
    }

    /** Puts another content into a source, or takes it away. */
    private void refused(String file, String content, String... words) throws Exception {
        Path sources = copy("bad-" + file);
        if (content == null) {
            Files.delete(sources.resolve(file));
        } else {
            Files.writeString(sources.resolve(file), content);
        }
        String[] overrides = {"root=" + sources};
        Throwable expected = catchThrowable(() -> buildLocally(recipe, temp.resolve("bad"), overrides));
        assertThat(expected).isInstanceOf(DataException.class).hasMessageContainingAll(words);
        assertThatThrownBy(() -> build(recipe, temp.resolve("bad"), 4, overrides))
                .isInstanceOf(DataException.class)
                .hasMessage(expected.getMessage());
        assertThat(temp.resolve("bad")).doesNotExist();
        assertThat(temp.resolve("bad.building")).doesNotExist();
    }

    private Path copy(String name) throws IOException {
        Path folder = Files.createDirectory(temp.resolve(name));
        try (Stream<Path> sources = Files.list(recipe.getParent())) {
            for (Path source : sources.toList()) {
                Files.copy(source, folder.resolve(source.getFileName()));
            }
        }
        return folder;
    }

    private void build(Path file, Path target, int partitions, String... overrides) throws Exception {
        new SparkCorpusBuild(spark, file, List.of(overrides), target, partitions).run(plan -> {});
    }

    private static void buildLocally(Path file, Path target, String... overrides) throws Exception {
        new CorpusBuild(
                        CorpusRecipeReader.read(file, List.of(overrides), REGISTRY),
                        REGISTRY,
                        target,
                        2,
                        TaskProgress.silent())
                .run(plan -> {});
    }

    private static SparkConf conf(String master) {
        return new SparkConf()
                .setMaster(master)
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1");
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(temp.resolve(name).toFile());
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Checksum.ofFile(file).sha256());
            }
        }
        return files;
    }
}

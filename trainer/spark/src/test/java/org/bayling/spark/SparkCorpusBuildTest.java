package org.bayling.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                int code = new CorpusBuildJob(System.out, System.err)
                        .run(new String[] {recipe.toString(), "--output", target.toString()}, conf(master));
                assertThat(code).isZero();
                assertThat(files(target)).as(master).isEqualTo(local);
            }
        } finally {
            spark = new JavaSparkContext(conf("local[*]"));
        }
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

    private SparkConf conf(String master) {
        return new SparkConf()
                .setMaster(master)
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.local.dir", temp.resolve("spark").toString());
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

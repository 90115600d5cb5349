package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bayling.config.ConfigLoader;
import org.bayling.config.DataConfig;
import org.bayling.config.OutputConfig;
import org.bayling.config.RunConfig;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.build.CorpusRecipeReader;
import org.bayling.corpus.source.SourceRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every YAML below {@code configs/}, those of tomorrow too: right, planned, and trained for two steps; recipes of corpora
 * are built.
 */
class ShippedConfigsTest {
    private static final Path CONFIGS = BuiltProduct.root().resolve("configs");
    private static final Path RECIPES = CONFIGS.resolve("corpus");

    @TempDir
    private Path temp;

    static List<Path> configs() throws IOException {
        return yaml(CONFIGS).stream()
                .filter(file -> !file.startsWith(RECIPES) && !file.startsWith(CONFIGS.resolve("evaluation")))
                .toList();
    }

    static List<Path> recipes() throws IOException {
        return yaml(RECIPES);
    }

    private static List<Path> yaml(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void isRightAndPlansAndTrains(Path config) throws Exception {
        assertThat(run("validate", config, List.of())).contains("is right");
        List<String> overrides = overrides(ConfigLoader.load(config, List.of()).config());
        assertThat(run("plan", config, overrides)).contains("parameters", "expected peak", "measured step");
        assertThat(run("train", config, overrides)).contains("step-2");
        assertThat(temp.resolve("out/report.html")).isNotEmptyFile();
    }

    /** All that is absent is named at once, and nothing is left. */
    @ParameterizedTest
    @MethodSource("recipes")
    void aRecipeWithoutItsSourcesNamesThemAll(Path recipe) throws Exception {
        BuiltProduct.Result result = InProcess.run("corpus", "build", recipe.toString(), "root=" + temp.resolve("nowhere"),
                "--output", temp.resolve("corpus").toString());
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(10);
        for (SourceRecipe source : CorpusRecipeReader.read(recipe, List.of(), new LanguageRegistry()).sources()) {
            for (String path : source.paths()) {
                assertThat(result.err()).contains("source '" + source.id() + "': nothing at " + temp.resolve("nowhere"));
                assertThat(result.err()).contains(Path.of(path).getFileName().toString());
            }
        }
        assertThat(temp).isEmptyDirectory();
    }

    /** As it is shipped but for its size, and without the filter that takes most of the time. */
    @Test
    void theSmallRecipeIsPlannedBuiltAndVerified() throws Exception {
        String root = "root=" + Shared.path("data").getParent();
        String corpus = temp.resolve("corpus").toString();
        List<String> overrides = List.of(root, "mixture.samples=6000", "mixture.min_samples_per_language=4",
                "quality={skip: [language-id]}", "sources.8.largest_number=5", "sources.8.dates=3");
        Path recipe = RECIPES.resolve("small.yaml");
        List<String> plan = new ArrayList<>(overrides);
        plan.addAll(List.of("--output", corpus));
        assertThat(run("corpus plan", recipe, plan)).contains("cross-lingual km", "en en", "zh zh", "dictionary");
        assertThat(run("corpus build", recipe, plan)).contains("6,000 samples in 1 shard");
        BuiltProduct.Result verified = InProcess.run("corpus", "verify", corpus);
        assertThat(verified.exitCode()).as(verified.toString()).isZero();
    }

    /** BayLing 2's mixture with stand-ins for its placeholders, a hundredth of a thousandth of its size. */
    @Test
    void theRecipeOfBayLingTwoIsBuiltWithStandInsForItsPlaceholders() throws Exception {
        Path data = Files.createDirectory(temp.resolve("raw"));
        StandIns.putCorpusSources(data);
        List<String> arguments = List.of("root=" + data, "mixture.samples=32", "mixture.min_samples_per_language=0",
                "quality={skip: [near-duplicate, language-id]}",
                "sources.6.languages=[fr]", "sources.6.largest_number=3", "sources.6.dates=2", "--output",
                temp.resolve("corpus").toString());
        assertThat(run("corpus build", RECIPES.resolve("bayling-2.yaml"), arguments)).contains("32 samples in 1 shard");
        JsonNode groups = new ObjectMapper().readTree(temp.resolve("corpus/manifest.json").toFile()).get("groups");
        assertThat(temp.resolve("corpus/contaminated.jsonl")).content().contains("flores-devtest").doesNotContain("xcopa");
        // Of 32: 13.8, 8.4, 9.8.
        assertThat(groups.toString()).isEqualTo("{\"cross-lingual\":10,\"en\":8,\"zh\":14}");
    }

    /** Stand-ins for the model and the data, and a run of two small steps; all other values are the file's. */
    private List<String> overrides(RunConfig config) throws IOException {
        List<String> overrides = new ArrayList<>(List.of(
                "model_name_or_path=" + StandIns.model(),
                "output_dir=" + temp.resolve("out"),
                "max_steps=2",
                "per_device_train_batch_size=2",
                "gradient_accumulation_steps=1",
                "cutoff_len=64"));
        datasets("datasets", config.data().datasets(), overrides);
        datasets("eval_dataset", config.data().evalDatasets(), overrides);
        config.data().tokenizedPath().ifPresent(path -> overrides.add("tokenized_path=" + temp.resolve("tokens")));
        if (config.data().valSize() > 0) {
            overrides.add("val_size=4");
        }
        if (config.output().evalStrategy() == OutputConfig.EvalStrategy.STEPS) {
            overrides.add("eval_steps=1");
        }
        return overrides;
    }

    private void datasets(String key, List<DataConfig.Dataset> datasets, List<String> overrides) throws IOException {
        for (int i = 0; i < datasets.size(); i++) {
            Path folder = temp.resolve(key + i + "/data"); // as deep as the ../ of a path goes up
            overrides.add(key + "." + i + ".path=" + StandIns.putData(folder, datasets.get(i)));
        }
    }

    /** Returns what was printed. */
    private static String run(String verb, Path config, List<String> overrides) {
        List<String> arguments = new ArrayList<>(List.of(verb.split(" ")));
        arguments.add(config.toString());
        arguments.addAll(overrides);
        BuiltProduct.Result result = InProcess.run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return result.out();
    }
}

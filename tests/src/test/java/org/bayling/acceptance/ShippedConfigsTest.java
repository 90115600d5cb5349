package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every YAML below {@code configs/}, those of tomorrow too: right, planned, and trained for two steps. */
class ShippedConfigsTest {
    @TempDir
    private Path temp;

    static List<Path> configs() throws IOException {
        Path folder = BuiltProduct.root().resolve("configs");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .filter(file -> !file.startsWith(folder.resolve("corpus"))) // recipes of corpora train nothing,
                    .filter(file -> !file.startsWith(folder.resolve("evaluation"))) // nor do suites
                    .sorted()
                    .toList();
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
        List<String> arguments = new ArrayList<>(List.of(verb, config.toString()));
        arguments.addAll(overrides);
        BuiltProduct.Result result = InProcess.run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return result.out();
    }
}

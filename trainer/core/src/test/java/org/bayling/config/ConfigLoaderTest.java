package org.bayling.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bayling.config.ConfigFiles.MINIMAL;
import static org.bayling.config.ConfigFiles.config;
import static org.bayling.config.ConfigFiles.load;
import static org.bayling.config.ConfigFiles.problems;
import static org.bayling.config.ConfigFiles.problemsOf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

    @Test
    void defaultsAreThoseOfLlamaFactoryAndTheTrainer() throws ConfigException {
        RunConfig config = config("");

        MethodConfig.Lora lora = config.method().lora().orElseThrow();
        assertThat(lora.rank()).isEqualTo(8);
        assertThat(lora.alpha()).isEqualTo(16.0);
        assertThat(lora.dropout()).isZero();
        assertThat(lora.target()).isEqualTo(MethodConfig.Lora.ALL_PROJECTIONS);
        assertThat(config.data().cutoffLen()).isEqualTo(2048);
        assertThat(config.data().datasets().get(0).format()).isEqualTo(DataConfig.Format.ALPACA);
        assertThat(config.data().datasets().get(0).name()).isEqualTo("zh");
        assertThat(config.batch()).isEqualTo(new BatchConfig(8, 1, 8, 3.0, -1));
        OptimizerConfig optimizer = config.optimizer();
        assertThat(optimizer.learningRate()).isEqualTo(5e-5);
        assertThat(optimizer.scheduler()).isEqualTo(OptimizerConfig.Scheduler.LINEAR);
        assertThat(List.of(optimizer.weightDecay(), optimizer.beta1(), optimizer.beta2(), optimizer.epsilon()))
                .containsExactly(0.0, 0.9, 0.999, 1e-8);
        assertThat(optimizer.maxGradNorm()).isEqualTo(1.0);
        assertThat(config.precision().precision()).isEqualTo(PrecisionConfig.Precision.FP32);
        assertThat(config.seed()).isEqualTo(42);
    }

    @Test
    void norwegianSurvivesFileAndOverride() throws ConfigException {
        String yaml = "model_name_or_path: m\noutput_dir: o\ndatasets: [{path: a, language: no}, {path: b}]\n";

        RunConfig config = load(yaml, "datasets.1.language=no").config();

        assertThat(config.data().datasets()).extracting(DataConfig.Dataset::language)
                .containsExactly(Optional.of("no"), Optional.of("no"));
        String again = load(yaml).resolved().toYaml();
        assertThat(load(again).config().data().datasets().get(0).language()).contains("no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-5", "\"1e-5\"", "1.0e-5", "1.0E-05", "0.00001", "'.00001'"})
    void oneNumberInManySpellings(String spelling) throws ConfigException {
        assertThat(config("learning_rate: " + spelling).optimizer().learningRate()).isEqualTo(1e-5);
        assertThat(config("", "learning_rate=" + spelling).optimizer().learningRate()).isEqualTo(1e-5);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "Yes, true", "on, true", "FALSE, false", "no, false", "off, false"})
    void truthAsPeopleWriteIt(String word, boolean value) throws ConfigException {
        assertThat(config("packing: " + word).data().packing()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lora_rank: 8.5 | a whole number from 1",
        "lora_rank: 0 | a whole number from 1",
        "lora_rank: 010x | a whole number from 1",
        "cutoff_len: 1 | a whole number from 2",
        "seed: 99999999999999999999 | a whole number from 0",
        "learning_rate: 0 | a number above 0",
        "learning_rate: .inf | a number above 0",
        "learning_rate: 1e999 | a number above 0",
        "lora_dropout: 1 | from 0 to below 1",
        "adam_beta2: 1.0 | from 0 to below 1",
        "packing: 1 | true or false",
        "packing: [true] | true or false",
        "optim: 3 | one of adamw_torch, adamw_torch_fused",
        "dp_shard_size: 2 | a whole number from 1 to 1",
        "gradient_checkpointing: 0 | auto, none, full or a number of layers",
        "lora_target: {a: b} | a list of names",
        "eval_dataset: data/dev.jsonl | a list of data sets",
    })
    void valuesOutOfTypeOrRangeAreRefusedInTheirLine(String line, String expected) {
        assertThat(problemsOf(line)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(5);
            assertThat(problem.key()).isEqualTo(line.substring(0, line.indexOf(':')));
            assertThat(problem.message()).contains("expected").contains(expected);
        });
    }

    @Test
    void allProblemsAtOnceInTheOrderOfTheFile() {
        List<ConfigProblem> problems = problems(
                """
                lora_rnk: 16
                learning_rate: fast
                datasets:
                  - path: a
                    formt: alpaca
                  - format: shareGPT
                deepspeed: ds.json
                learning_rate: 1
                """,
                "seed=-1");

        assertThat(problems).extracting(p -> p.line() + " " + p.key()).containsExactly(
                "1 lora_rnk",
                "2 learning_rate",
                "5 datasets.0.formt",
                "6 datasets.1.path",
                "6 datasets.1.format",
                "7 deepspeed",
                "8 learning_rate",
                "0 model_name_or_path",
                "0 output_dir",
                "0 seed");
        assertThat(problems.get(4).hint()).isEqualTo("did you mean sharegpt?");
        assertThat(problems.get(6).message()).contains("twice").contains("line 2");
    }

    @Test
    void overridesReplaceAndAdd() throws ConfigException {
        RunConfig config = config(
                "lora_rank: 4\nsequence_len: 128\nbf16: true",
                "lora_rank=16",
                "cutoff_len=64",
                "precision=fp32",
                "datasets.0.weight=2",
                "datasets.1.path=data/en.jsonl",
                "datasets.1.columns.instruction=prompt",
                "lora_target=[q_proj, v_proj]",
                "modules_to_save=lm_head,embed_tokens",
                "lr_scheduler_type=cosine_with_min_lr",
                "lr_scheduler_kwargs.min_lr_rate=0.1",
                "seed=1",
                "seed=2");

        assertThat(config.method().lora().orElseThrow().rank()).isEqualTo(16);
        assertThat(config.data().cutoffLen()).isEqualTo(64);
        assertThat(config.precision().precision()).isEqualTo(PrecisionConfig.Precision.FP32);
        assertThat(config.data().datasets()).extracting(DataConfig.Dataset::weight).containsExactly(2.0, 1.0);
        assertThat(config.data().datasets().get(1).columns()).containsEntry("instruction", "prompt");
        assertThat(config.method().lora().orElseThrow().target()).containsExactly("q_proj", "v_proj");
        assertThat(config.method().lora().orElseThrow().modulesToSave()).containsExactly("lm_head", "embed_tokens");
        assertThat(config.optimizer().minLrRatio()).isEqualTo(0.1);
        assertThat(config.seed()).isEqualTo(2);
    }

    @Test
    void overrideTakesThePlaceOfTheFilesOtherWayToSayIt() throws ConfigException {
        String yaml = MINIMAL + "num_train_epochs: 2\nwarmup_steps: 10\n";

        LoadedConfig loaded = load(yaml, "max_steps=5", "warmup_ratio=0.1");

        assertThat(loaded.config().batch().maxSteps()).isEqualTo(5);
        assertThat(loaded.config().optimizer().warmupSteps()).isEqualTo(0.1);
        assertThat(loaded.notices()).contains("num_train_epochs of the file gives way to the override of max_steps");
    }

    @Test
    void overrideThatPointsNowhereIsExplained() {
        assertThat(problemsOf("", "datasets.7.weight=2", "nonsense", "datasets.0.wight=2", "lora_rank=[1"))
                .extracting(ConfigProblem::toString)
                .anySatisfy(text -> assertThat(text).startsWith("override: datasets.7.weight").contains("1 adds one"))
                .anySatisfy(text -> assertThat(text).contains("\"nonsense\" is not key=value"))
                .anySatisfy(text -> assertThat(text).contains("datasets.0.wight").contains("did you mean weight?"))
                .anySatisfy(text -> assertThat(text).contains("lora_rank").contains("not valid YAML"));
    }

    @Test
    void commonMaxSamplesIsForDataSetsWithoutTheirOwn() throws ConfigException {
        RunConfig config = config("max_samples: 10", "datasets.1.path=b", "datasets.1.max_samples=3");

        assertThat(config.data().datasets()).extracting(d -> d.maxSamples().orElseThrow()).containsExactly(10L, 3L);
    }

    @ParameterizedTest
    @CsvSource({
        "data/zh.json.gz, zh",
        "v1.2-zh.jsonl.zst, v1.2-zh",
        "data/mongolian/*.jsonl, mongolian",
        "data/folder/, folder",
        "*.jsonl, *.jsonl"
    })
    void dataSetIsNamedByItsFile(String path, String name) {
        assertThat(DatasetList.nameOf(path)).isEqualTo(name);
    }

    @Test
    void twoDataSetsOfOneNameAreRefused() {
        assertThat(problemsOf("", "datasets.1.path=other/zh.json")).singleElement()
                .satisfies(p -> assertThat(p.toString()).contains("datasets.1.name").contains("called zh"));
    }

    @Test
    void emptyValueIsTheDefaultWithANotice() throws ConfigException {
        LoadedConfig loaded = load(MINIMAL + "lora_rank:\nseed: null\n");

        assertThat(loaded.config().seed()).isEqualTo(42);
        assertThat(loaded.notices()).contains("lora_rank has no value; the default is used");
    }

    @Test
    void filesThatAreNoConfigurationAreNamed(@TempDir Path folder) {
        assertThat(reasonOf(folder.resolve("absent.yaml"))).contains("absent.yaml: no such file");
        assertThat(reasonOf(folder)).contains("is a directory");
        assertThat(problems("").get(0).message()).isEqualTo("is empty");
        assertThat(problems("# only a comment\n").get(0).message()).isEqualTo("is empty");
        assertThat(problems("- a\n- b\n").get(0).message()).contains("expected lines of key: value, found a list");
        assertThat(problems("just text").get(0).message()).contains("found \"just text\"");
        assertThat(problems("a: [1, 2\nb: 3\n").get(0).message()).contains("not valid YAML");
        assertThat(problems("a: 1\n---\nb: 2\n").get(0).message()).contains("single document");
    }

    @Test
    void textThatIsNotUtf8IsRefusedWithItsPlace() {
        byte[] latin = "output_dir: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> ConfigFiles.load(latin));
        assertThat(e.problems().get(0).message()).isEqualTo("is not UTF-8 text at byte 15");
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstKey() throws ConfigException {
        assertThat(load("\uFEFF" + MINIMAL).config()).isEqualTo(config(""));
    }

    @Test
    void tagsMergeKeysAndBombsAreRefused() {
        assertThat(problemsOf("seed: !!javax.script.ScriptEngineManager [1]\n").toString())
                .contains("tag is not allowed");
        assertThat(problemsOf("seed: !!int \"1\"\n").toString()).contains("the tag tag:yaml.org,2002:int");
        assertThat(problemsOf("<<: {seed: 1}\n").toString()).contains("merge keys are not supported");
        assertThat(problemsOf("a: &a [1, *a]\n").toString()).contains("too large or too deep");
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
        }
        assertThat(problemsOf(laughs.toString()).toString()).contains("aliases");
        assertThat(problems("x".repeat((1 << 20) + 1)).toString()).contains("larger than 1 MiB");
        assertThat(problemsOf("a: " + "[".repeat(100_000))).isNotEmpty();
    }

    @Test
    void anchorsOfYamlAreFollowed() throws ConfigException {
        RunConfig config = config("lora_target: &two [q_proj, v_proj]\nmodules_to_save: *two\n");

        assertThat(config.method().lora().orElseThrow().modulesToSave()).containsExactly("q_proj", "v_proj");
    }

    private static String reasonOf(Path file) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, List.of()))
                .getMessage();
    }
}

package org.bayling.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ResolvedSettingsTest {

    @Property(tries = 400)
    void resolvedYamlLoadsToTheSameConfig(@ForAll("configs") RunConfig config) throws ConfigException {
        String yaml = ResolvedSettings.of(config).toYaml();

        LoadedConfig loaded = ConfigFiles.load(yaml);

        assertThat(loaded.config()).isEqualTo(config);
        assertThat(ResolvedSettings.of(loaded.config()).toYaml()).isEqualTo(yaml);
    }

    @Test
    void everyRowSaysWhereItsValueIsFrom() throws ConfigException {
        ResolvedSettings resolved = ConfigFiles.load(
                        ConfigFiles.MINIMAL + "lora_r: 4\nwarmup_ratio: 0.1\n", "seed=7")
                .resolved();

        assertThat(row(resolved, "lora_rank").value()).isEqualTo("4");
        assertThat(row(resolved, "lora_rank").origin()).endsWith(".yaml:5");
        assertThat(row(resolved, "warmup_steps").origin()).endsWith(".yaml:6");
        assertThat(row(resolved, "seed").origin()).isEqualTo("override");
        assertThat(row(resolved, "cutoff_len").origin()).isEqualTo("default");
        assertThat(row(resolved, "lora_target").value())
                .isEqualTo("[q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]");
    }

    @Test
    void onlyNativeNamesAreWritten() throws ConfigException {
        ResolvedSettings resolved = ConfigFiles.load(ConfigFiles.MINIMAL).resolved();
        List<String> known = ConfigKeys.ROOT.keys().stream().map(Key::name).toList();

        assertThat(resolved.rows()).extracting(ResolvedSettings.Row::key).isSubsetOf(known);
    }

    private static ResolvedSettings.Row row(ResolvedSettings resolved, String key) {
        return resolved.rows().stream().filter(r -> r.key().equals(key)).findFirst().orElseThrow();
    }

    @Provide
    Arbitrary<RunConfig> configs() {
        Arbitrary<ModelConfig> model = Combinators.combine(paths(), paths().optional())
                .as((path, adapter) -> new ModelConfig(path, adapter, false));
        return Combinators.combine(model, methods(), data(), batches(), optimizers(), precisions(), outputs(), longs())
                .as((m, method, d, b, o, p, out, seed) -> new RunConfig(
                        method.isFull() ? new ModelConfig(m.modelNameOrPath(), Optional.empty(), seed % 2 == 0) : m,
                        method,
                        d,
                        b,
                        o,
                        p,
                        d.evalDatasets().isEmpty() && d.valSize() == 0 ? withoutEvaluation(out) : out,
                        seed));
    }

    private static OutputConfig withoutEvaluation(OutputConfig o) {
        return new OutputConfig(
                o.outputDir(),
                o.loggingSteps(),
                o.saveSteps(),
                o.saveTotalLimit(),
                o.saveOnlyModel(),
                OutputConfig.EvalStrategy.NO,
                0,
                false,
                o.resumeFromCheckpoint(),
                o.plotLoss(),
                o.reportTo());
    }

    private static Arbitrary<MethodConfig> methods() {
        Arbitrary<List<String>> target =
                Arbitraries.of(MethodConfig.Lora.ALL_PROJECTIONS).list().ofMinSize(1).uniqueElements();
        Arbitrary<List<String>> saved = Arbitraries.of("embed_tokens", "lm_head", "norm").list().uniqueElements();
        Arbitrary<MethodConfig.Lora> lora = Combinators.combine(
                        ints(1, 512), positive(), shares(), target, flags(), flags(), positive(), saved)
                .as(MethodConfig.Lora::new);
        return Combinators.combine(lora.optional(0.8), positive()).as(MethodConfig::new);
    }

    private static Arbitrary<DataConfig> data() {
        Arbitrary<List<DataConfig.Dataset>> some = datasets().list().ofMinSize(1).ofMaxSize(3)
                .uniqueElements(DataConfig.Dataset::name);
        Arbitrary<List<DataConfig.Dataset>> evaluated = datasets().list().ofMaxSize(2)
                .uniqueElements(DataConfig.Dataset::name);
        return Combinators.combine(some, evaluated, shares(), flags(), texts().optional(), positive(), longs(), texts())
                .as((sets, eval, valSize, flag, date, temperature, bad, template) -> new DataConfig(
                        sets,
                        eval,
                        eval.isEmpty() ? valSize : 0,
                        template,
                        DataConfig.AlpacaStyle.values()[(int) (bad % 3)],
                        date,
                        (int) (2 + bad % 8192),
                        DataConfig.Overlong.values()[(int) (bad / 3 % 3)],
                        flag,
                        !flag && bad % 2 == 0,
                        DataConfig.TrainOnEos.values()[(int) (bad / 9 % 4)],
                        bad % 5 == 0,
                        temperature,
                        bad,
                        bad % 7 == 0 ? Optional.of(Path.of("cache/of " + bad)) : Optional.empty()));
    }

    private static Arbitrary<DataConfig.Dataset> datasets() {
        Arbitrary<Map<String, String>> columns = Arbitraries.maps(texts(), texts()).ofMaxSize(3);
        return Combinators.combine(
                        texts().list().ofMinSize(1).ofMaxSize(2).uniqueElements(),
                        Arbitraries.of(DataConfig.Format.class),
                        texts(),
                        Arbitraries.of("no", "zh", "mn-Mong", "yes", "on").optional(),
                        positive(),
                        longs().optional(),
                        columns)
                .as((path, format, name, language, weight, max, renamed) -> new DataConfig.Dataset(
                        path,
                        format,
                        name,
                        language,
                        weight,
                        max.map(n -> OptionalLong.of(n + 1)).orElse(OptionalLong.empty()),
                        renamed));
    }

    private static Arbitrary<BatchConfig> batches() {
        return Combinators.combine(ints(1, 64), ints(1, 64), ints(1, 64), positive(), ints(0, 1000))
                .as((micro, steps, eval, epochs, max) ->
                        new BatchConfig(micro, steps, eval, max == 0 ? epochs : 3.0, max == 0 ? -1 : max));
    }

    private static Arbitrary<OptimizerConfig> optimizers() {
        Arbitrary<OptimizerConfig.Scheduler> schedulers = Arbitraries.of(OptimizerConfig.Scheduler.class);
        return Combinators.combine(
                        positive(), schedulers, ints(0, 500), shares(), shares(), shares(), positive(), ints(0, 9))
                .as((rate, scheduler, warmup, share, beta1, beta2, epsilon, skipped) -> {
                    boolean stable = scheduler == OptimizerConfig.Scheduler.WARMUP_STABLE_DECAY;
                    boolean floor = stable || scheduler == OptimizerConfig.Scheduler.COSINE_WITH_MIN_LR;
                    boolean constant = scheduler == OptimizerConfig.Scheduler.CONSTANT;
                    return new OptimizerConfig(
                            OptimizerConfig.Name.ADAMW,
                            rate,
                            scheduler,
                            constant ? 0 : warmup % 3 == 0 ? share : warmup,
                            floor ? beta1 : 0,
                            stable ? 1 + warmup : 0.1,
                            share,
                            beta1,
                            beta2,
                            epsilon,
                            rate,
                            skipped);
                });
    }

    private static Arbitrary<PrecisionConfig> precisions() {
        return Combinators.combine(
                        Arbitraries.of(PrecisionConfig.Precision.class),
                        Arbitraries.of(PrecisionConfig.ProductDtype.class),
                        Arbitraries.of(PrecisionConfig.Checkpointing.Mode.class),
                        ints(1, 99),
                        flags())
                .as((precision, product, mode, n, some) -> new PrecisionConfig(
                        precision,
                        product,
                        new PrecisionConfig.Checkpointing(
                                mode, mode == PrecisionConfig.Checkpointing.Mode.LAYERS ? n : 0),
                        some ? OptionalInt.of(n) : OptionalInt.empty()));
    }

    private static Arbitrary<OutputConfig> outputs() {
        Arbitrary<OutputConfig.EvalStrategy> strategies = Arbitraries.of(OutputConfig.EvalStrategy.class);
        return Combinators.combine(
                        paths(), ints(1, 50), ints(1, 50), ints(1, 9), flags(), strategies, flags(), texts())
                .as((path, logging, eval, limit, flag, strategy, best, resume) -> new OutputConfig(
                        path,
                        logging,
                        eval * limit,
                        limit,
                        flag,
                        strategy,
                        strategy == OutputConfig.EvalStrategy.STEPS ? eval : 0,
                        best && strategy != OutputConfig.EvalStrategy.NO,
                        resume,
                        flag,
                        best ? Set.of("tensorboard") : Set.of()));
    }

    /** Anything a person may type, YAML's own signs and words included; no surrounding space, never empty. */
    private static Arbitrary<String> texts() {
        Arbitrary<String> wild = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("\u4e2d\u6587\u00e9\u0085\u00a0\u2028\uFEFF\t\n\"'\\#:")
                .ofMinLength(1)
                .ofMaxLength(12);
        return Arbitraries.oneOf(wild, Arbitraries.of("null", "~", "010", "1e5", "12:30", "- x", "\ud83d\ude00", "<<"))
                .map(String::strip)
                .filter(text -> !text.isBlank() && !isWord(text));
    }

    /** Words of other tools for template and resume_from_checkpoint are read as ours. */
    private static boolean isWord(String text) {
        return Set.of("true", "false", "tokenizer_default").contains(ValueTypes.canonical(text));
    }

    private static Arbitrary<Path> paths() {
        return texts().map(Path::of).filter(path -> !path.toString().isBlank());
    }

    private static Arbitrary<Integer> ints(int min, int max) {
        return Arbitraries.integers().between(min, max);
    }

    private static Arbitrary<Long> longs() {
        return Arbitraries.longs().between(0, 999_999_999_999_999L);
    }

    private static Arbitrary<Double> positive() {
        return Arbitraries.doubles().between(1e-9, 1e6).ofScale(12);
    }

    private static Arbitrary<Double> shares() {
        return Arbitraries.doubles().between(0, 0.999).ofScale(6);
    }

    private static Arbitrary<Boolean> flags() {
        return Arbitraries.of(true, false);
    }
}

package org.bayling.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Puts checked settings into the records. */
final class RunConfigAssembly {
    private final Settings settings;

    RunConfigAssembly(Settings settings) {
        this.settings = settings;
    }

    RunConfig assemble() {
        return new RunConfig(
                model(), method(), data(), batch(), optimizer(), precision(), output(), settings.whole("seed"));
    }

    private ModelConfig model() {
        return new ModelConfig(
                settings.get("model_name_or_path", Path.class),
                settings.find("adapter_name_or_path", Path.class),
                settings.flag("train_from_scratch"));
    }

    private MethodConfig method() {
        boolean full = settings.text("finetuning_type").equals("full");
        return new MethodConfig(full ? Optional.empty() : Optional.of(lora()), settings.decimal("neftune_noise_alpha"));
    }

    private MethodConfig.Lora lora() {
        int rank = whole("lora_rank");
        List<String> target = names("lora_target");
        return new MethodConfig.Lora(
                rank,
                settings.find("lora_alpha", Double.class).orElse(2.0 * rank),
                settings.decimal("lora_dropout"),
                target.equals(List.of("all")) ? MethodConfig.Lora.ALL_PROJECTIONS : target,
                settings.flag("use_rslora"),
                settings.flag("use_dora"),
                settings.decimal("loraplus_lr_ratio"),
                names("modules_to_save"));
    }

    private DataConfig data() {
        return new DataConfig(
                datasets("datasets"),
                datasets("eval_dataset"),
                settings.decimal("val_size"),
                settings.text("template"),
                choice(DataConfig.AlpacaStyle.class, "alpaca_style"),
                settings.find("date_string", String.class),
                whole("cutoff_len"),
                choice(DataConfig.Overlong.class, "overlong"),
                settings.flag("train_on_prompt"),
                settings.flag("mask_history"),
                choice(DataConfig.TrainOnEos.class, "train_on_eos"),
                settings.flag("packing"),
                settings.decimal("sampling_temperature"),
                settings.whole("max_bad_rows"),
                settings.find("tokenized_path", Path.class));
    }

    private BatchConfig batch() {
        return new BatchConfig(
                whole("per_device_train_batch_size"),
                whole("gradient_accumulation_steps"),
                whole("per_device_eval_batch_size"),
                settings.decimal("num_train_epochs"),
                settings.whole("max_steps"));
    }

    private OptimizerConfig optimizer() {
        double rate = settings.decimal("learning_rate");
        double warmup = settings.find("warmup_ratio", Double.class)
                .filter(ratio -> ratio > 0)
                .orElseGet(() -> settings.decimal("warmup_steps"));
        double floor = settings.find("lr_scheduler_kwargs.min_lr", Double.class)
                .map(lr -> lr / rate)
                .orElseGet(() -> settings.decimal("lr_scheduler_kwargs.min_lr_rate"));
        return new OptimizerConfig(
                OptimizerConfig.Name.ADAMW,
                rate,
                choice(OptimizerConfig.Scheduler.class, "lr_scheduler_type"),
                warmup,
                floor,
                settings.decimal("lr_scheduler_kwargs.num_decay_steps"),
                settings.decimal("weight_decay"),
                settings.decimal("adam_beta1"),
                settings.decimal("adam_beta2"),
                settings.decimal("adam_epsilon"),
                settings.decimal("max_grad_norm"),
                whole("max_skipped_steps"));
    }

    private PrecisionConfig precision() {
        Optional<Long> threads = settings.find("num_threads", Long.class);
        return new PrecisionConfig(
                choice(PrecisionConfig.Precision.class, "precision"),
                choice(PrecisionConfig.ProductDtype.class, "product_dtype"),
                settings.get("gradient_checkpointing", PrecisionConfig.Checkpointing.class),
                threads.isEmpty() ? OptionalInt.empty() : OptionalInt.of(threads.get().intValue()));
    }

    private OutputConfig output() {
        Set<String> reports = new HashSet<>(names("report_to"));
        reports.remove("none");
        return new OutputConfig(
                settings.get("output_dir", Path.class),
                whole("logging_steps"),
                whole("save_steps"),
                whole("save_total_limit"),
                settings.flag("save_only_model"),
                choice(OutputConfig.EvalStrategy.class, "eval_strategy"),
                settings.find("eval_steps", Long.class).orElse(0L).intValue(),
                settings.flag("load_best_model_at_end"),
                settings.text("resume_from_checkpoint"),
                settings.flag("plot_loss"),
                reports);
    }

    @SuppressWarnings("unchecked")
    private List<DataConfig.Dataset> datasets(String key) {
        List<DataConfig.Dataset> datasets = settings.find(key, List.class).orElse(List.of());
        Optional<Long> common = settings.find("max_samples", Long.class);
        return common.isEmpty()
                ? datasets
                : datasets.stream()
                        .map(dataset -> limited(dataset, common.get()))
                        .toList();
    }

    private static DataConfig.Dataset limited(DataConfig.Dataset dataset, long maxSamples) {
        if (dataset.maxSamples().isPresent()) {
            return dataset; // its own counts
        }
        return new DataConfig.Dataset(
                dataset.path(),
                dataset.format(),
                dataset.name(),
                dataset.language(),
                dataset.weight(),
                OptionalLong.of(maxSamples),
                dataset.columns());
    }

    private int whole(String key) {
        return Math.toIntExact(settings.whole(key));
    }

    @SuppressWarnings("unchecked")
    private List<String> names(String key) {
        return settings.find(key, List.class).orElse(List.of());
    }

    private <E extends Enum<E>> E choice(Class<E> type, String key) {
        return Enum.valueOf(type, settings.text(key).toUpperCase(Locale.ROOT));
    }
}

package org.bayling.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A {@link RunConfig} as native keys and plain values: the way back from {@link RunConfigAssembly}. */
final class NativeSettings {
    private final Map<String, Object> values = new LinkedHashMap<>();

    private NativeSettings() {}

    /** Keys without a value are left out. Values are text, numbers, booleans, lists and maps of these. */
    static Map<String, Object> of(RunConfig config) {
        NativeSettings settings = new NativeSettings();
        settings.model(config.model(), config.method());
        settings.data(config.data());
        settings.batch(config.batch());
        settings.optimizer(config.optimizer());
        settings.precision(config.precision());
        settings.output(config.output());
        settings.values.put("seed", config.seed());
        return settings.values;
    }

    private void model(ModelConfig model, MethodConfig method) {
        values.put("model_name_or_path", text(model.modelNameOrPath()));
        model.adapterNameOrPath().ifPresent(path -> values.put("adapter_name_or_path", text(path)));
        values.put("train_from_scratch", model.trainFromScratch());
        values.put("finetuning_type", method.isFull() ? "full" : "lora");
        method.lora().ifPresent(lora -> {
            values.put("lora_rank", lora.rank());
            values.put("lora_alpha", lora.alpha());
            values.put("lora_dropout", lora.dropout());
            values.put("lora_target", lora.target());
            values.put("use_rslora", lora.useRslora());
            values.put("use_dora", lora.useDora());
            values.put("loraplus_lr_ratio", lora.loraplusLrRatio());
            values.put("modules_to_save", lora.modulesToSave());
        });
        values.put("neftune_noise_alpha", method.neftuneNoiseAlpha());
    }

    private void data(DataConfig data) {
        values.put("datasets", data.datasets().stream().map(NativeSettings::dataset).toList());
        if (!data.evalDatasets().isEmpty()) {
            values.put(
                    "eval_dataset",
                    data.evalDatasets().stream().map(NativeSettings::dataset).toList());
        }
        values.put("val_size", data.valSize());
        values.put("template", data.template());
        values.put("alpaca_style", text(data.alpacaStyle()));
        data.dateString().ifPresent(date -> values.put("date_string", date));
        values.put("cutoff_len", data.cutoffLen());
        values.put("overlong", text(data.overlong()));
        values.put("train_on_prompt", data.trainOnPrompt());
        values.put("mask_history", data.maskHistory());
        values.put("train_on_eos", text(data.trainOnEos()));
        values.put("packing", data.packing());
        values.put("sampling_temperature", data.samplingTemperature());
        values.put("max_bad_rows", data.maxBadRows());
        data.tokenizedPath().ifPresent(path -> values.put("tokenized_path", text(path)));
    }

    private static Map<String, Object> dataset(DataConfig.Dataset dataset) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("path", dataset.path());
        item.put("format", text(dataset.format()));
        item.put("name", dataset.name());
        dataset.language().ifPresent(language -> item.put("language", language));
        item.put("weight", dataset.weight());
        dataset.maxSamples().ifPresent(samples -> item.put("max_samples", samples));
        if (!dataset.columns().isEmpty()) {
            item.put("columns", new TreeMap<>(dataset.columns())); // Map.copyOf has no order
        }
        return item;
    }

    private void batch(BatchConfig batch) {
        values.put("per_device_train_batch_size", batch.perDeviceTrainBatchSize());
        values.put("gradient_accumulation_steps", batch.gradientAccumulationSteps());
        values.put("per_device_eval_batch_size", batch.perDeviceEvalBatchSize());
        if (batch.maxSteps() > 0) {
            values.put("max_steps", batch.maxSteps());
        } else {
            values.put("num_train_epochs", batch.numTrainEpochs());
        }
    }

    private void optimizer(OptimizerConfig optimizer) {
        OptimizerConfig.Scheduler scheduler = optimizer.scheduler();
        values.put("optim", "adamw_torch");
        values.put("learning_rate", optimizer.learningRate());
        values.put("lr_scheduler_type", text(scheduler));
        values.put("warmup_steps", optimizer.warmupSteps());
        boolean stable = scheduler == OptimizerConfig.Scheduler.WARMUP_STABLE_DECAY;
        if (stable || scheduler == OptimizerConfig.Scheduler.COSINE_WITH_MIN_LR) {
            values.put("lr_scheduler_kwargs.min_lr_rate", optimizer.minLrRatio());
        }
        if (stable) {
            values.put("lr_scheduler_kwargs.num_decay_steps", optimizer.decaySteps());
        }
        values.put("weight_decay", optimizer.weightDecay());
        values.put("adam_beta1", optimizer.beta1());
        values.put("adam_beta2", optimizer.beta2());
        values.put("adam_epsilon", optimizer.epsilon());
        values.put("max_grad_norm", optimizer.maxGradNorm());
        values.put("max_skipped_steps", optimizer.maxSkippedSteps());
    }

    private void precision(PrecisionConfig precision) {
        values.put("precision", text(precision.precision()));
        values.put("product_dtype", text(precision.productDtype()));
        PrecisionConfig.Checkpointing checkpointing = precision.checkpointing();
        boolean layers = checkpointing.mode() == PrecisionConfig.Checkpointing.Mode.LAYERS;
        values.put("gradient_checkpointing", layers ? checkpointing.layers() : text(checkpointing.mode()));
        precision.numThreads().ifPresent(threads -> values.put("num_threads", threads));
    }

    private void output(OutputConfig output) {
        values.put("output_dir", text(output.outputDir()));
        values.put("logging_steps", output.loggingSteps());
        values.put("save_steps", output.saveSteps());
        values.put("save_total_limit", output.saveTotalLimit());
        values.put("save_only_model", output.saveOnlyModel());
        values.put("eval_strategy", text(output.evalStrategy()));
        if (output.evalStrategy() == OutputConfig.EvalStrategy.STEPS) {
            values.put("eval_steps", output.evalSteps());
        }
        values.put("load_best_model_at_end", output.loadBestModelAtEnd());
        values.put("resume_from_checkpoint", output.resumeFromCheckpoint());
        values.put("plot_loss", output.plotLoss());
        List<String> reports = output.reportTo().stream().sorted().toList();
        values.put("report_to", reports.isEmpty() ? List.of("none") : reports);
    }

    private static String text(Path path) {
        return path.toString();
    }

    private static String text(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}

package org.bayling.config;

import java.util.List;

/** Keys of {@link BatchConfig}, {@link OptimizerConfig} and {@link PrecisionConfig}. */
final class TrainingKeys {
    private static final String NO_MASTER =
            "it means weights without an fp32 master, which lose small updates; write precision: bf16";
    private static final String ADAMW_ONLY = "is not offered; write optim: adamw_torch";

    private TrainingKeys() {}

    static final List<Key> BATCH = List.of(
            Key.of(
                            "per_device_train_batch_size",
                            new ValueTypes.Whole(1, 1 << 20),
                            "8",
                            "Samples (rows when packing) of one micro-batch. Default as in the HF Trainer.")
                    .alias("micro_batch_size", "axolotl")
                    .alias("train.micro_batch_size", "litgpt"),
            Key.of(
                            "gradient_accumulation_steps",
                            new ValueTypes.Whole(1, 1 << 20),
                            "1",
                            "Micro-batches of one optimizer step. Default as in the HF Trainer.")
                    .alias("grad_accumulation_steps", "mlx-lm"),
            Key.of(
                            "global_batch_size",
                            new ValueTypes.Whole(1, 1 << 30),
                            "",
                            "Optional check: per_device_train_batch_size x gradient_accumulation_steps x ranks.")
                    .example("32")
                    .alias("train.global_batch_size", "litgpt"),
            Key.of(
                            "per_device_eval_batch_size",
                            new ValueTypes.Whole(1, 1 << 20),
                            "8",
                            "Samples of one evaluation batch. Default as in the HF Trainer.")
                    .alias("eval_batch_size", "axolotl"),
            Key.of(
                            "num_train_epochs",
                            ValueTypes.Decimal.positive(),
                            "3.0",
                            "Passes over the data; fractions are allowed. Default as in the HF Trainer.")
                    .alias("num_epochs", "axolotl")
                    .alias("train.epochs", "litgpt"),
            Key.of(
                            "max_steps",
                            new ValueTypes.Whole(-1, Integer.MAX_VALUE),
                            "-1",
                            "Optimizer steps of the run; -1 lets num_train_epochs decide.")
                    .alias("train.max_steps", "litgpt"));

    static final List<Key> OPTIMIZER = List.of(
            Key.of(
                            "optim",
                            ValueTypes.Choice.of("adamw_torch", "adamw_torch_fused"),
                            "adamw_torch",
                            "AdamW with fp32 moments; both names mean the same here.")
                    .refuses("adamw_8bit", "8-bit moments are not supported; write optim: adamw_torch")
                    .refuses("adamw_bnb_8bit", "8-bit moments are not supported; write optim: adamw_torch")
                    .refuses("paged_adamw_8bit", "8-bit moments are not supported; write optim: adamw_torch")
                    .refuses("paged_adamw_32bit", "paging is not supported; write optim: adamw_torch")
                    .refuses("adamw_hf", "write optim: adamw_torch")
                    .refuses("adafactor", ADAMW_ONLY)
                    .refuses("lion", ADAMW_ONLY)
                    .refuses("sgd", ADAMW_ONLY)
                    .alias("optimizer", "axolotl"),
            Key.of(
                            "learning_rate",
                            ValueTypes.Decimal.positive(),
                            "5.0e-5",
                            "Peak learning rate. Default as in the HF Trainer.")
                    .example("2.0e-4")
                    .alias("optimizer.lr", "torchtune"),
            Key.of(
                            "lr_scheduler_type",
                            ValueTypes.Choice.of(
                                    "constant",
                                    "constant_with_warmup",
                                    "linear",
                                    "cosine",
                                    "cosine_with_min_lr",
                                    "warmup_stable_decay"),
                            "linear",
                            "Course of the learning rate. Default as in the HF Trainer.")
                    .refuses("inverse_sqrt", "not offered; cosine is the nearest")
                    .refuses("polynomial", "not offered; linear is its usual case")
                    .refuses("cosine_with_restarts", "not offered; write cosine")
                    .refuses("one_cycle", "axolotl's own; write cosine with warmup_steps")
                    .refuses("rex", "axolotl's own; write cosine")
                    .refuses("reduce_lr_on_plateau", "not offered; write cosine")
                    .alias("lr_scheduler", "axolotl"),
            Key.of(
                            "warmup_steps",
                            ValueTypes.Decimal.notNegative(),
                            "0.0",
                            "Steps over which the rate rises; above 0 and below 1 a share of all steps.")
                    .example("100")
                    .alias("train.lr_warmup_steps", "litgpt")
                    .alias("lr_scheduler.num_warmup_steps", "torchtune"),
            Key.of(
                            "warmup_ratio",
                            ValueTypes.Decimal.share(),
                            "",
                            "The same as a share of all steps; not together with warmup_steps.")
                    .example("0.03"),
            Key.of(
                            "lr_scheduler_kwargs.min_lr_rate",
                            new ValueTypes.Decimal(0, false, 1, false),
                            "0.0",
                            "Floor over the peak, of cosine_with_min_lr and warmup_stable_decay.")
                    .example("0.1")
                    .alias("lr_scheduler_kwargs.min_lr_ratio", "HF Trainer")
                    .alias("cosine_min_lr_ratio", "axolotl"),
            Key.of(
                            "lr_scheduler_kwargs.min_lr",
                            ValueTypes.Decimal.notNegative(),
                            "",
                            "The same as a learning rate; not together with min_lr_rate.")
                    .example("1.0e-6"),
            Key.of(
                            "lr_scheduler_kwargs.num_decay_steps",
                            ValueTypes.Decimal.positive(),
                            "0.1",
                            "Steps of warmup_stable_decay's last part; below 1 a share of all steps. Default ours."),
            Key.of(
                    "weight_decay",
                    ValueTypes.Decimal.notNegative(),
                    "0.0",
                    "Decoupled weight decay; never on biases and norms. Default as in the HF Trainer."),
            Key.of("adam_beta1", ValueTypes.Decimal.share(), "0.9", "Decay of the first moment. HF Trainer's default."),
            Key.of(
                    "adam_beta2",
                    ValueTypes.Decimal.share(),
                    "0.999",
                    "Decay of the second moment. HF Trainer's default."),
            Key.of(
                    "adam_epsilon",
                    ValueTypes.Decimal.positive(),
                    "1.0e-8",
                    "Added to the root of the second moment. HF Trainer's default."),
            Key.of(
                    "max_grad_norm",
                    ValueTypes.Decimal.notNegative(),
                    "1.0",
                    "Global norm that a gradient is clipped to; 0 is off. Default as in the HF Trainer."),
            Key.of(
                    "max_skipped_steps",
                    new ValueTypes.Whole(0, 1 << 20),
                    "5",
                    "Steps in a row without a finite loss or gradient after which the run stops as diverged."));

    static final List<Key> PRECISION = List.of(
            Key.of(
                            "precision",
                            ValueTypes.Choice.of("fp32", "bf16", "fp16"),
                            "fp32",
                            "How trained weights are stored; bf16 and fp16 keep an fp32 master.")
                    .reads("bf16-mixed", "bf16")
                    .reads("16-mixed", "fp16")
                    .reads("32-true", "fp32")
                    .refuses("bf16-true", NO_MASTER)
                    .refuses("16-true", NO_MASTER)
                    .alias(
                            "bf16",
                            "HF Trainer, LLaMA-Factory, axolotl",
                            Words.NONE.read("true", "bf16").read("auto", "bf16").read("false", Words.NOTHING))
                    .alias(
                            "fp16",
                            "HF Trainer, LLaMA-Factory, axolotl",
                            Words.NONE.read("true", "fp16").read("false", Words.NOTHING)),
            Key.of(
                    "product_dtype",
                    ValueTypes.Choice.of("auto", "fp32", "bf16", "fp16"),
                    "auto",
                    "What matrix products run in; auto measures at start-up."),
            Key.of(
                            "gradient_checkpointing",
                            new ValueTypes.Recompute(),
                            "auto",
                            "Layers whose activations are computed again in the backward pass: less memory, more time."
                                    + " auto lets the memory plan decide; true is full, false is none.")
                    .example("full")
                    .refuses("unsloth", "unsloth's off-loading is not offered; write full")
                    .refuses("offload", "off-loading is not offered; write full")
                    .refuses("offload_disk", "off-loading is not offered; write full")
                    .alias("grad_checkpoint", "mlx-lm")
                    .alias("enable_activation_checkpointing", "torchtune"),
            Key.of("num_threads", new ValueTypes.Whole(1, 4096), "", "Threads of the CPU; default all cores.")
                    .example("8"),
            Key.of(
                            "flash_attn",
                            ValueTypes.Choice.of("auto", "disabled", "sdpa", "fa2", "fa3"),
                            "auto",
                            "Accepted as a hint only: the attention kernel is chosen by the device.")
                    .reads("false", "disabled")
                    .reads("eager", "disabled")
                    .reads("flash_attention_2", "fa2")
                    .alias(
                            "attn_implementation",
                            "axolotl",
                            Words.NONE.read("flash_attention_2", "fa2").read("eager", "disabled"))
                    .alias(
                            "flash_attention",
                            "axolotl",
                            Words.NONE.read("true", "auto").read("false", Words.NOTHING))
                    .alias(
                            "sdp_attention",
                            "axolotl",
                            Words.NONE.read("true", "sdpa").read("false", Words.NOTHING)),
            Key.of("dp_replicate_size", new ValueTypes.Whole(1, 1), "1", "Replicas; one process for now."),
            Key.of("dp_shard_size", new ValueTypes.Whole(1, 1), "1", "Shards of the optimizer; one process for now."));
}

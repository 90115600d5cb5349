package org.bayling.config;

import static org.bayling.config.ForeignKey.harmless;
import static org.bayling.config.ForeignKey.offOnly;
import static org.bayling.config.ForeignKey.refused;

import java.util.List;
import java.util.stream.Stream;

/** Keys of other tools that are known by name only. Each reason names the native key, where there is one. */
final class ForeignKeys {
    private static final String LF = "LLaMA-Factory";
    private static final String AX = "axolotl";
    private static final String HF = "HF Trainer";
    private static final String TT = "torchtune";
    private static final String LG = "litgpt";
    private static final String MX = "mlx-lm";
    private static final String TRL = "TRL";

    private static final String ONE_PROCESS = "another engine's setting; here it is dp_shard_size, which must be 1";
    private static final String NO_QUANT =
            "QLoRA is not supported; a frozen quantised .gguf is tuned with finetuning_type: lora";
    private static final String NO_MASTER =
            "it means weights without an fp32 master, which lose small updates; write precision: bf16";
    private static final String DATASETS = "write datasets: [{path: data/zh.jsonl, format: alpaca}]";
    private static final String KERNEL = "kernels are chosen by the engine";

    private ForeignKeys() {}

    /** Same word, other meaning, or something that would be lost silently. */
    private static final List<ForeignKey> REFUSED = List.of(
            refused(
                    "batch_size",
                    "axolotl's, torchtune's or mlx-lm",
                    "it is the total batch in axolotl and the batch of a device in torchtune and mlx-lm; write"
                            + " per_device_train_batch_size"),
            refused(
                    "mask_prompt",
                    "litgpt's or mlx-lm",
                    "it is the opposite of train_on_prompt: mask_prompt: true is train_on_prompt: false"),
            refused("deepspeed", HF, ONE_PROCESS),
            refused("fsdp", HF, ONE_PROCESS),
            refused("fsdp_config", HF, ONE_PROCESS),
            refused("tensor_parallel_size", AX, ONE_PROCESS),
            refused("context_parallel_size", AX, ONE_PROCESS),
            refused("cp_size", LF, ONE_PROCESS),
            refused("ddp_timeout", HF, "not needed: no collective waits for tokenisation; remove it"),
            offOnly(
                    "logging_nan_inf_filter",
                    HF,
                    "it hides NaN; a non-finite step is always logged, see max_skipped_steps"),
            offOnly("load_in_4bit", HF, NO_QUANT),
            offOnly("load_in_8bit", HF, NO_QUANT),
            offOnly("quantization_bit", LF, NO_QUANT),
            offOnly("pure_bf16", LF, NO_MASTER),
            refused("dtype", TT, NO_MASTER),
            offOnly(
                    "create_new_adapter",
                    LF,
                    "adapter_name_or_path is trained further itself; merge it first to put a new one on top"),
            refused("saves_per_epoch", AX, "how many steps an epoch has is known only with the data; write save_steps"),
            refused("interleave_probs", LF, "write datasets[].weight, the draw relative to a data set's size"),
            refused("dataset", LF, DATASETS),
            refused("dataset_dir", LF, DATASETS),
            refused("resume_adapter_file", MX, "another file format; write adapter_name_or_path with a PEFT directory"),
            refused("checkpointer.checkpoint_dir", TT, "write model_name_or_path"),
            refused("checkpoint_dir", LG, "write model_name_or_path"),
            refused("model", MX, "write model_name_or_path"),
            refused("iters", MX, "it counts micro-batches; write max_steps, in optimizer steps"),
            refused("max_steps_per_epoch", TT, "it limits each epoch; write max_steps for the run"),
            refused("pretraining_dataset", AX, DATASETS));

    /** Names that only point to ours. */
    private static final List<ForeignKey> HINTS = List.of(
            refused("dataset_name", TRL, DATASETS),
            offOnly("assistant_only_loss", TRL, "write train_on_prompt: false, which is the default"),
            offOnly("completion_only_loss", TRL, "write train_on_prompt: false, which is the default"),
            refused("packing_strategy", TRL, "write packing: true; samples in a row never see each other"),
            refused("loss_watchdog_threshold", AX, "non-finite steps are skipped and counted; write max_skipped_steps"),
            refused("loss_watchdog_patience", AX, "non-finite steps are skipped and counted; write max_skipped_steps"),
            harmless("pad_to_sequence_len", AX, "nothing is padded"),
            harmless("profiler_steps", AX, "there is no such profiler"),
            harmless("gc_steps", AX, "memory is freed by its owner"),
            harmless("lora_mlp_kernel", AX, KERNEL),
            harmless("lora_qkv_kernel", AX, KERNEL),
            harmless("lora_o_kernel", AX, KERNEL),
            harmless("upcast_lmhead_output", LF, "the loss is always computed in fp32"),
            offOnly("use_unsloth_gc", LF, "write gradient_checkpointing: full"),
            refused("export_size", LF, "give the shard size to merge or convert"),
            refused("dataset._component_", TT, "write datasets[].format"),
            refused("dataset.packed", TT, "write packing"),
            refused("tokenizer.max_seq_len", TT, "write cutoff_len"),
            refused("train_on_input", TT, "write train_on_prompt"),
            refused("masking_strategy", TT, "write train_on_prompt or mask_history"),
            refused("adapter_checkpoint", TT, "write adapter_name_or_path"),
            refused("epochs", TT, "write num_train_epochs"),
            refused("clip_grad_norm", TT, "write max_grad_norm"),
            refused("metric_logger", TT, "write report_to"),
            offOnly("split_across_pack", TT, "a sample is never split over rows; see packing"),
            refused("lora_attn_modules", TT, "write lora_target"),
            refused("apply_lora_to_mlp", TT, "write lora_target"),
            refused("data", "litgpt's or mlx-lm", DATASETS),
            refused("optimizer.init_args.lr", LG, "write learning_rate"),
            refused("train.min_lr", LG, "write lr_scheduler_type: cosine_with_min_lr and lr_scheduler_kwargs.min_lr"),
            refused("train.save_interval", LG, "write save_steps"),
            refused("eval.interval", LG, "write eval_steps"),
            refused("devices", LG, "one process for now; threads are num_threads"),
            refused("num_nodes", LG, "one process for now"),
            refused("lora_query", LG, "write lora_target with q_proj"),
            refused("lora_key", LG, "write lora_target with k_proj"),
            refused("lora_value", LG, "write lora_target with v_proj"),
            refused("lora_projection", LG, "write lora_target with o_proj"),
            refused("lora_mlp", LG, "write lora_target with gate_proj, up_proj, down_proj"),
            refused("lr_schedule", MX, "write lr_scheduler_type"),
            refused("lora_parameters.rank", MX, "write lora_rank"),
            refused("lora_parameters.scale", MX, "it is lora_alpha / lora_rank; write lora_alpha"),
            refused("lora_parameters.dropout", MX, "write lora_dropout"),
            refused("lora_parameters.keys", MX, "write lora_target"),
            harmless("use_stateful_dataloader", HF, "data are always resumed exactly"),
            harmless("use_liger_kernel", HF, KERNEL),
            harmless("torch_compile", HF, KERNEL));

    /** What other tools need to be told and this one does by itself. */
    private static final List<ForeignKey> HARMLESS = List.of(
            harmless("streaming", "LLaMA-Factory's and axolotl", "data are always streamed under bounded memory"),
            harmless("buffer_size", LF, "the order of the data is computed, not shuffled in a buffer"),
            harmless(
                    "streaming_multipack_buffer_size",
                    AX,
                    "the order of the data is computed, not shuffled in a buffer"),
            harmless("do_train", HF, "the command says what is done"),
            harmless("trust_remote_code", HF, "no code of a model is ever run"),
            harmless("overwrite_cache", LF, "the token cache knows when it is stale"),
            harmless("overwrite_output_dir", HF, "see resume_from_checkpoint"),
            harmless("preprocessing_num_workers", LF, "rows are tokenised while they are read"),
            harmless("dataloader_num_workers", HF, "rows are tokenised while they are read"));

    static final List<ForeignKey> ROOT =
            Stream.of(REFUSED, HINTS, HARMLESS).flatMap(List::stream).toList();

    /** In one item of {@code datasets}. */
    static final List<ForeignKey> DATASET = List.of(
            refused("split", AX, "a path names the rows; use val_size or eval_dataset to set some aside"),
            refused("ds_type", AX, "the file's ending says it"),
            refused("data_files", AX, "write path"),
            refused("file_name", LF, "write path"),
            refused("hf_hub_url", LF, "nothing is downloaded; write path"),
            refused("num_samples", LF, "write max_samples"),
            refused("field_messages", AX, "write columns: {messages: the file's name}"),
            refused("message_property_mappings", AX, "write columns"));
}

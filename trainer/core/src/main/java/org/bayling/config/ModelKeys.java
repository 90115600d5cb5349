package org.bayling.config;

import java.util.List;

/** Keys of {@link ModelConfig} and {@link MethodConfig}. */
final class ModelKeys {
    private static final String QLORA =
            "a quantised trained base is not supported; frozen GGUF weights can be tuned with finetuning_type: lora";

    private ModelKeys() {}

    static final List<Key> ALL = List.of(
            Key.of(
                            "model_name_or_path",
                            new ValueTypes.PathText(),
                            "",
                            "Model to tune: a Hugging Face model directory or a .gguf file.")
                    .example("../models/llama-3-8b-instruct")
                    .mustBeGiven()
                    .alias("base_model", "axolotl"),
            Key.of(
                            "adapter_name_or_path",
                            new ValueTypes.PathText(),
                            "",
                            "PEFT adapter directory to start from.")
                    .example("checkpoints/my-run/final")
                    .alias("lora_model_dir", "axolotl"),
            Key.of(
                    "train_from_scratch",
                    new ValueTypes.Flag(),
                    "false",
                    "Take only config.json and the tokenizer of the model and draw the weights from the seed."),
            Key.of(
                            "stage",
                            ValueTypes.Choice.of("sft"),
                            "sft",
                            "Kind of training; supervised fine-tuning is the only one.")
                    .refuses("pt", "pre-training on plain text is not offered; use format prompt_completion")
                    .refuses("rm", "reward models are not offered")
                    .refuses("dpo", "preference tuning is not offered")
                    .refuses("kto", "preference tuning is not offered")
                    .refuses("ppo", "reinforcement learning is not offered"),
            Key.of(
                            "finetuning_type",
                            ValueTypes.Choice.of("lora", "full"),
                            "lora",
                            "lora trains an adapter, full every weight. Default as in LLaMA-Factory.")
                    .refuses("freeze", "training some layers only is not offered; use lora or full")
                    .refuses("oft", "OFT is not offered; use lora or full")
                    .refuses("qlora", QLORA)
                    .refuses("dora", "write finetuning_type: lora and use_dora: true")
                    .alias(
                            "adapter",
                            "axolotl",
                            Words.NONE.read(Words.NOTHING, "full").refuse("qlora", QLORA))
                    .alias(
                            "fine_tune_type",
                            "mlx-lm",
                            Words.NONE.refuse("dora", "write finetuning_type: lora and use_dora: true")),
            Key.of(
                            "lora_rank",
                            new ValueTypes.Whole(1, 65_536),
                            "8",
                            "Rank of the adapter (Hu et al. 2021). Default as in LLaMA-Factory.")
                    .example("16")
                    .alias("lora_r", "TRL, axolotl, litgpt"),
            Key.of(
                            "lora_alpha",
                            ValueTypes.Decimal.positive(),
                            "",
                            "The update is scaled by lora_alpha / lora_rank. Default 2 x lora_rank, as in"
                                    + " LLaMA-Factory.")
                    .example("32"),
            Key.of(
                    "lora_dropout",
                    ValueTypes.Decimal.share(),
                    "0.0",
                    "Probability that an input of the adapter is dropped. Default as in LLaMA-Factory."),
            Key.of(
                            "lora_target",
                            new ValueTypes.Names(),
                            "all",
                            "Projections with an adapter: all, or a list of "
                                    + String.join(", ", MethodConfig.Lora.ALL_PROJECTIONS)
                                    + ". Default as in LLaMA-Factory.")
                    .example("[q_proj, v_proj]")
                    .refuses("all-linear", "write lora_target: all")
                    .alias("lora_target_modules", "TRL, axolotl")
                    .alias(
                            "lora_target_linear",
                            "axolotl",
                            Words.NONE.read("true", "all").read("false", Words.NOTHING)),
            Key.of("use_rslora", new ValueTypes.Flag(), "false", "Scale by lora_alpha / sqrt(lora_rank).")
                    .alias("peft_use_rslora", "axolotl"),
            Key.of("use_dora", new ValueTypes.Flag(), "false", "Weight-decomposed adapter (Liu et al. 2024).")
                    .alias("peft_use_dora", "axolotl"),
            Key.of(
                            "loraplus_lr_ratio",
                            ValueTypes.Decimal.positive(),
                            "1.0",
                            "Learning rate of lora_B over that of lora_A (LoRA+, Hayou et al. 2024); 1 is off.")
                    .example("16"),
            Key.of(
                            "modules_to_save",
                            new ValueTypes.Names(),
                            "",
                            "Modules trained in full and saved beside the adapter.")
                    .example("[embed_tokens, lm_head]")
                    .alias("lora_modules_to_save", "axolotl")
                    .alias("additional_target", "LLaMA-Factory"),
            Key.of(
                            "neftune_noise_alpha",
                            ValueTypes.Decimal.notNegative(),
                            "0.0",
                            "Noise on the embeddings in training (NEFTune, Jain et al. 2023); 0 is off.")
                    .example("5"));
}

package org.bayling.config;

import java.util.List;

/** Keys of {@link OutputConfig}, and the seed. */
final class OutputKeys {
    private OutputKeys() {}

    static final List<Key> ALL = List.of(
            Key.of("output_dir", new ValueTypes.PathText(), "", "The run's folder.")
                    .example("checkpoints/my-run")
                    .mustBeGiven()
                    .alias("out_dir", "litgpt")
                    .alias("adapter_path", "mlx-lm"),
            Key.of(
                            "logging_steps",
                            new ValueTypes.Whole(1, 1 << 30),
                            "1",
                            "Steps between two rows of the log. Ours, not the HF Trainer's 500: a CPU step takes"
                                    + " seconds, and a row costs nothing beside it.")
                    .alias("steps_per_report", "mlx-lm"),
            Key.of(
                            "save_steps",
                            new ValueTypes.Whole(0, 1 << 30),
                            "500",
                            "Steps between two checkpoints; 0 saves only at the end. Default as in the HF Trainer.")
                    .alias("save_every", "mlx-lm")
                    .alias(
                            "save_strategy",
                            "HF Trainer",
                            Words.NONE
                                    .read("false", "0")
                                    .read("steps", Words.NOTHING)
                                    .refuse("epoch", "write save_steps, in optimizer steps")
                                    .refuse("best", "write load_best_model_at_end: true")),
            Key.of(
                    "save_total_limit",
                    new ValueTypes.Whole(1, 1 << 20),
                    "2",
                    "Checkpoints kept; never fewer than two verified ones."),
            Key.of(
                    "save_only_model",
                    new ValueTypes.Flag(),
                    "false",
                    "Leave out the optimizer, so that the run can't be resumed."),
            Key.of(
                            "eval_strategy",
                            ValueTypes.Choice.of("no", "steps", "epoch"),
                            "no",
                            "When the evaluation data are run. Default as in the HF Trainer.")
                    .alias("evaluation_strategy", "HF Trainer")
                    .alias(
                            "evals_per_epoch",
                            "axolotl",
                            Words.NONE.read("1", "epoch").read("0", "no")),
            Key.of("eval_steps", new ValueTypes.Whole(1, 1 << 30), "", "Steps between two evaluations.")
                    .example("100")
                    .alias("steps_per_eval", "mlx-lm"),
            Key.of(
                    "load_best_model_at_end",
                    new ValueTypes.Flag(),
                    "false",
                    "Publish the checkpoint with the lowest evaluation loss instead of the last."),
            Key.of(
                            "resume_from_checkpoint",
                            new ValueTypes.Text(),
                            "auto",
                            "auto goes on from the newest valid checkpoint of output_dir, none starts anew, a path goes"
                                    + " on from there.")
                    .reads("true", "auto")
                    .reads("false", "none")
                    .alias(
                            "auto_resume_from_checkpoints",
                            "axolotl",
                            Words.NONE.read("true", "auto").read("false", Words.NOTHING)),
            Key.of("plot_loss", new ValueTypes.Flag(), "true", "Write report.html with the loss curves. Default ours."),
            Key.of(
                            "report_to",
                            new ValueTypes.Names(),
                            "tensorboard",
                            "tensorboard or none. Default ours: the event files are small and local.")
                    .refuses("wandb", "no data leave this machine; write tensorboard or none")
                    .refuses("mlflow", "no data leave this machine; write tensorboard or none")
                    .refuses("swanlab", "no data leave this machine; write tensorboard or none")
                    .reads("all", "tensorboard")
                    .reads("false", "none"),
            Key.of(
                    "seed",
                    new ValueTypes.Whole(0, Long.MAX_VALUE),
                    "42",
                    "Of data order, initialisation and dropout. Default as in the HF Trainer."));
}

package org.bayling.config;

import java.util.List;

/** Keys of {@link DataConfig}. */
final class DataKeys {
    private DataKeys() {}

    static final List<Key> ALL = List.of(
            Key.of("datasets", new DatasetList(), "", "Data sets to train on.")
                    .example("[{path: data/zh.jsonl, format: alpaca, weight: 2}]")
                    .mustBeGiven(),
            Key.of("eval_dataset", new DatasetList(), "", "Data sets to evaluate on; not together with val_size.")
                    .example("[{path: data/dev.jsonl, format: alpaca}]"),
            Key.of(
                            "val_size",
                            ValueTypes.Decimal.notNegative(),
                            "0.0",
                            "Samples set aside for evaluation: below 1 a share, from 1 on a count; 0 is none.")
                    .example("0.02")
                    .alias("val_set_size", "axolotl"),
            Key.of(
                            "max_samples",
                            new ValueTypes.Whole(1, Long.MAX_VALUE),
                            "",
                            "Rows taken of each data set that does not have a max_samples of its own.")
                    .example("1000"),
            Key.of(
                            "template",
                            new ValueTypes.Text(),
                            "model",
                            "Chat template: model (the model's own), a built-in name, or the path of a Jinja file.")
                    .reads("tokenizer_default", "model")
                    .alias("chat_template", "axolotl", Words.NONE.read("tokenizer_default", "model"))
                    .alias("chat_template_jinja", "axolotl"),
            Key.of(
                    "alpaca_style",
                    ValueTypes.Choice.of("stanford", "newline", "joined"),
                    "stanford",
                    "How the template alpaca ends its prompt: at the colon (Stanford's original), with a line break"
                            + " after it (axolotl), or with the input joined to the instruction (LLaMA-Factory)."),
            Key.of(
                            "date_string",
                            new ValueTypes.Text(),
                            "",
                            "Date for templates that print today's, so that a prompt doesn't depend on the day.")
                    .example("26 Jul 2024"),
            Key.of(
                            "cutoff_len",
                            new ValueTypes.Whole(2, 1 << 24),
                            "2048",
                            "Longest sample, and length of a packed row, in tokens. Default as in LLaMA-Factory.")
                    .alias("sequence_len", "axolotl")
                    .alias("max_length", "TRL")
                    .alias("max_seq_length", "litgpt, mlx-lm"),
            Key.of(
                            "overlong",
                            ValueTypes.Choice.of("truncate", "drop", "raise"),
                            "truncate",
                            "What happens to a sample longer than cutoff_len. Default as in LLaMA-Factory.")
                    .alias("excess_length_strategy", "axolotl"),
            Key.of("train_on_prompt", new ValueTypes.Flag(), "false", "Train the prompt's tokens as well.")
                    .alias("train_on_inputs", "axolotl"),
            Key.of("mask_history", new ValueTypes.Flag(), "false", "Train only the last answer of a conversation."),
            Key.of(
                    "roles_to_train",
                    new ValueTypes.Names(),
                    "assistant",
                    "Roles whose turns are trained; only assistant. train_on_prompt trains everything."),
            Key.of(
                            "train_on_eos",
                            ValueTypes.Choice.of("turn", "all", "last", "none"),
                            "turn",
                            "Stop tokens that are trained: of trained turns, of all, of the last turn, of none.")
                    .reads("false", "none"),
            Key.of(
                            "packing",
                            new ValueTypes.Flag(),
                            "false",
                            "Put several samples in a row; they never see each other.")
                    .alias("sample_packing", "axolotl")
                    .alias("neat_packing", "LLaMA-Factory"),
            Key.of(
                            "sampling_temperature",
                            ValueTypes.Decimal.positive(),
                            "1.0",
                            "Data set i is drawn with p_i proportional to weight_i x n_i^(1/temperature);"
                                    + " 1 is by size.")
                    .example("2"),
            Key.of(
                            "mix_strategy",
                            ValueTypes.Choice.of("concat"),
                            "concat",
                            "LLaMA-Factory's name for how data sets are joined; the shares are set by weight.")
                    .refuses("interleave_under", "say how often each data set is drawn with datasets[].weight")
                    .refuses("interleave_over", "say how often each data set is drawn with datasets[].weight")
                    .refuses("once", "say how often each data set is drawn with datasets[].weight"),
            Key.of(
                            "max_bad_rows",
                            new ValueTypes.Whole(0, Long.MAX_VALUE),
                            "100",
                            "Rows that may be unusable before the run stops; they are left out, counted and reported"
                                    + " with file and line. 0 is strict; a wrong column name passes 100 at once."),
            Key.of(
                            "tokenized_path",
                            new ValueTypes.PathText(),
                            "",
                            "Folder of the token cache; default inside output_dir.")
                    .example("cache/zh-en")
                    .alias("dataset_prepared_path", "axolotl"));

    /** Keys of one item of {@code datasets} and {@code eval_dataset}. */
    static final List<Key> ITEM = List.of(
            Key.of(
                            "path",
                            new ValueTypes.Names(),
                            "",
                            "A file, a folder or a glob; several as a list or separated by commas.")
                    .example("data/zh.jsonl")
                    .mustBeGiven(),
            Key.of(
                            "format",
                            ValueTypes.Choice.of("alpaca", "sharegpt", "messages", "prompt_completion"),
                            "alpaca",
                            "Shape of a row. Default as in LLaMA-Factory.")
                    .reads("chat_template", "messages")
                    .alias("type", "axolotl", Words.NONE.read("chat_template", "messages"))
                    .alias("formatting", "LLaMA-Factory"),
            Key.of(
                            "name",
                            new ValueTypes.Text(),
                            "",
                            "What its loss is logged under; default the first file's name without endings.")
                    .example("chinese"),
            Key.of(
                            "language",
                            new ValueTypes.Text(),
                            "",
                            "BCP 47 tag of every row that does not say its own.")
                    .example("zh"),
            Key.of(
                    "weight",
                    ValueTypes.Decimal.positive(),
                    "1.0",
                    "How often it is drawn relative to its size; 1 is once an epoch."),
            Key.of("max_samples", new ValueTypes.Whole(1, Long.MAX_VALUE), "", "Rows taken, from the start.")
                    .example("1000"),
            Key.of("columns", new ColumnNames(), "", "Our field name to the file's, for files with other names.")
                    .example("{instruction: prompt, output: response}"));
}

package org.bayling.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run is trained on.
 *
 * @param datasets {@code datasets}
 * @param evalDatasets {@code eval_dataset}; empty when {@link #valSize} splits, or when nothing is evaluated
 * @param valSize {@code val_size}: below 1 a share of the samples, from 1 on a count; 0 is no split
 * @param template {@code template}: {@code model} (the model's own Jinja), a built-in name, or the path of a Jinja file
 * @param alpacaStyle {@code alpaca_style}, used by the built-in template {@code alpaca}
 * @param dateString {@code date_string}: what templates that print today's date are given, for example
 *     {@code 26 Jul 2024}
 * @param cutoffLen {@code cutoff_len}, tokens
 * @param overlong {@code overlong}: what happens to a sample of more tokens than that
 * @param trainOnPrompt {@code train_on_prompt}
 * @param maskHistory {@code mask_history}: only the last answer of a conversation is trained
 * @param trainOnEos {@code train_on_eos}
 * @param packing {@code packing}: several samples in a row, never seeing each other
 * @param samplingTemperature {@code sampling_temperature}: data set i is drawn with p_i proportional to
 *     weight_i x n_i^(1/temperature); 1 is in proportion to size
 * @param maxBadRows {@code max_bad_rows}: rows that may be unusable before the run stops
 * @param tokenizedPath {@code tokenized_path}: folder of the token cache; default inside {@code output_dir}
 */
public record DataConfig(
        List<Dataset> datasets,
        List<Dataset> evalDatasets,
        double valSize,
        String template,
        AlpacaStyle alpacaStyle,
        Optional<String> dateString,
        int cutoffLen,
        Overlong overlong,
        boolean trainOnPrompt,
        boolean maskHistory,
        TrainOnEos trainOnEos,
        boolean packing,
        double samplingTemperature,
        long maxBadRows,
        Optional<Path> tokenizedPath) {

    public DataConfig {
        datasets = List.copyOf(datasets);
        evalDatasets = List.copyOf(evalDatasets);
    }

    /**
     * One data set.
     *
     * @param path {@code path}: a file, a folder or a glob; several may be separated by commas or given as a list
     * @param format {@code format}
     * @param name {@code name}: what its loss is logged under; default the file's name without endings
     * @param language {@code language}: BCP 47, of every row that does not say its own
     * @param weight {@code weight}: how often it is drawn relative to its size; 1 is once an epoch
     * @param maxSamples {@code max_samples}
     * @param columns {@code columns}: our field name to the file's, for files that use other names
     */
    public record Dataset(
            List<String> path,
            Format format,
            String name,
            Optional<String> language,
            double weight,
            OptionalLong maxSamples,
            Map<String, String> columns) {
        public Dataset {
            path = List.copyOf(path);
            columns = Map.copyOf(columns);
        }
    }

    /** Shape of a row; see {@code org.bayling.data}. */
    public enum Format {
        ALPACA,
        SHAREGPT,
        MESSAGES,
        PROMPT_COMPLETION
    }

    /** How the built-in template {@code alpaca} ends its prompt: compatibility.md 8.4. */
    public enum AlpacaStyle {
        STANFORD,
        NEWLINE,
        JOINED
    }

    /** What happens to a sample that is longer than {@code cutoff_len}. */
    public enum Overlong {
        TRUNCATE,
        DROP,
        RAISE
    }

    /** Which stop tokens are trained: of every trained turn, of all turns, of the last turn, of none. */
    public enum TrainOnEos {
        TURN,
        ALL,
        LAST,
        NONE
    }
}

package org.bayling.cli;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.bayling.data.TextFiles;
import org.bayling.observe.TaskProgress;
import picocli.CommandLine.Option;

/** The text that a vocabulary is learnt from: {@code --input} and {@code --column}. */
final class TextInputs {
    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = {
                "Text, or rows with text or messages (.jsonl, .json, .csv, .tsv, .parquet): files, folders, globs; plain,",
                ".gz or .zst."
            })
    private List<String> inputs;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "Repeatable: a column of the rows that holds text. Default: text and messages.")
    private List<String> columns = List.of();

    void read(Consumer<String> texts, TaskProgress progress) throws IOException {
        new TextFiles(inputs, columns.isEmpty() ? TextFiles.DEFAULT_COLUMNS : columns).read(texts, progress);
    }
}

package org.bayling.corpus.quality;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Texts that no training item may hold.
 *
 * @param name in reports
 * @param path a file, or a folder all of whose files are read in the order of their names; plain, gzip or zstd
 * @param format how texts lie in a file
 * @param fields of {@link Format#JSONL}: names of the fields that hold texts
 */
public record EvaluationSet(String name, Path path, Format format, List<String> fields) {

    /** How texts lie in a file. */
    public enum Format {
        /** A text a line. */
        LINES,
        /** A folder with a file for each language, a sentence a line. */
        FLORES,
        /** A JSON object a line, texts in {@code premise}, {@code choice1}, {@code choice2}. */
        XCOPA,
        /** A JSON object a line, texts in named fields: strings or lists of strings. */
        JSONL
    }

    public EvaluationSet {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        fields = format == Format.XCOPA ? List.of("premise", "choice1", "choice2") : List.copyOf(fields);
        if (format == Format.JSONL && fields.isEmpty()) {
            throw new IllegalArgumentException(
                    "evaluation set \"" + name + "\": format jsonl needs the names of the fields that hold texts");
        }
    }

    /** A set in a format that needs no names of fields. */
    public EvaluationSet(String name, Path path, Format format) {
        this(name, path, format, List.of());
    }
}

package org.bayling.data;

import java.nio.file.Path;

/**
 * Where a row comes from.
 *
 * @param file the data file
 * @param unit what is counted
 * @param number 1-based: the line on which the row begins, or the number of the row in files that have no lines
 */
public record Origin(Path file, Unit unit, long number) {

    /** What {@link #number} counts. */
    public enum Unit {
        LINE,
        ROW
    }

    static Origin line(Path file, long number) {
        return new Origin(file, Unit.LINE, number);
    }

    static Origin row(Path file, long number) {
        return new Origin(file, Unit.ROW, number);
    }

    /** {@code data/zh.jsonl:17}, or {@code data/zh.parquet: row 17}. */
    @Override
    public String toString() {
        return unit == Unit.LINE ? file + ":" + number : file + ": row " + number;
    }
}

package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bayling.config.DataConfig;

/** Rows of data files as they stand there, for whoever reads data without training on it. */
public final class DataRows {
    private DataRows() {}

    /** Takes the conversations of a data set in order. */
    @FunctionalInterface
    public interface Conversations {
        void accept(Origin origin, Sample sample) throws IOException;
    }

    /** Takes the rows of files in order. */
    @FunctionalInterface
    public interface Rows {
        void accept(Origin origin, JsonNode row) throws IOException;
    }

    /**
     * Gives every conversation of a data set to the consumer; a few rows are in memory at a time.
     *
     * @throws DataException at the first row that holds none, naming file and line; or when a file cannot be read on
     */
    public static void conversations(DataConfig.Dataset dataset, Conversations consumer) throws IOException {
        SampleFormat format = new SampleFormat(dataset);
        for (Path file : DataFiles.list(dataset.name(), dataset.path())) {
            DataFiles.reader(file).read(file, (row, bytes) -> {
                Sample sample;
                try {
                    sample = format.read(row.content().parse());
                } catch (BadRowException e) {
                    throw new DataException(e.at(row.origin()).toString(), e);
                }
                consumer.accept(row.origin(), sample);
                return true;
            });
        }
    }

    /**
     * Gives every row of the files that the paths name to the consumer.
     *
     * @param name of the data set, for messages
     * @param paths files, folders and globs
     * @throws DataException at the first row that cannot be parsed, naming file and line
     */
    public static void objects(String name, List<String> paths, Rows consumer) throws IOException {
        for (Path file : DataFiles.list(name, paths)) {
            DataFiles.reader(file).read(file, (row, bytes) -> {
                JsonNode fields;
                try {
                    fields = row.content().parse();
                } catch (BadRowException e) {
                    throw new DataException(e.at(row.origin()).toString(), e);
                }
                consumer.accept(row.origin(), fields);
                return true;
            });
        }
    }

    /** The data files that paths, folders and globs name, in the order in which they are read. */
    public static List<Path> files(String name, List<String> paths) throws IOException {
        return DataFiles.list(name, paths);
    }
}

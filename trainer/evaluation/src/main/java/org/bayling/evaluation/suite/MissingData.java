package org.bayling.evaluation.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bayling.data.DataException;

/** Tells what to get where data are not there. */
final class MissingData {
    private MissingData() {}

    /**
     * Passes when every path is there or is a glob.
     *
     * @param part the task's name
     * @param what the data set and its licence
     */
    static void check(String part, List<Path> paths, String what) throws DataException {
        for (Path path : paths) {
            if (!Files.exists(path) && !path.toString().matches(".*[*?\\[{].*")) {
                throw new DataException(path + ": is not there; " + part + " needs " + what
                        + ". Nothing is downloaded by itself: get it, and name the place where it lies");
            }
        }
    }
}

package org.bayling.io;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Told of every step of a durable write, before and after it. {@link #NONE} does nothing; tests stop the process or
 * throw here to prove that a crash at any moment leaves a file or directory complete or absent.
 */
@FunctionalInterface
public interface FaultPoint {
    FaultPoint NONE = (moment, path) -> {};

    /** The steps, in the order in which they are reached for one file. */
    enum Moment {
        BEFORE_WRITE,
        AFTER_WRITE,
        BEFORE_FSYNC,
        AFTER_FSYNC,
        BEFORE_RENAME,
        AFTER_RENAME
    }

    /**
     * A step is about to be taken, or was taken.
     *
     * @param path the file or directory concerned, under the name it has at this moment
     * @throws IOException to make the step fail
     */
    void reached(Moment moment, Path path) throws IOException;
}

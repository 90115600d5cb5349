package org.bayling.spark;

import java.io.IOException;
import java.io.Serializable;
import org.bayling.data.DataException;

/**
 * What a task gives. Data that cannot be used are a result and no failure: Spark would try again in vain, and of several
 * the first in source order is to be told.
 *
 * @param value null where there is a problem
 * @param problem null where there is none
 */
record Outcome<R>(R value, DataException problem) implements Serializable {

    /** A step of a build. */
    @FunctionalInterface
    interface Step<R> {
        R run() throws IOException;
    }

    static <R> Outcome<R> of(Step<R> step) throws IOException {
        try {
            return new Outcome<>(step.run(), null);
        } catch (DataException e) {
            return new Outcome<>(null, e);
        }
    }

    R get() throws DataException {
        if (problem != null) {
            throw problem;
        }
        return value;
    }
}

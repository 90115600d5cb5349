package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One row of a data file, not parsed yet where the format lets rows be told apart without parsing, so that the costly
 * part runs in the worker threads.
 *
 * @param origin file and line
 * @param content gives the row's fields
 */
record Row(Origin origin, Content content) {

    /** The fields of a row; called once, by any thread. */
    @FunctionalInterface
    interface Content {
        JsonNode parse() throws BadRowException;
    }

    static Row of(Origin origin, JsonNode fields) {
        return new Row(origin, () -> fields);
    }

    static Row bad(Origin origin, BadRow.Reason reason, String detail) {
        return new Row(origin, () -> {
            throw new BadRowException(reason, detail);
        });
    }
}

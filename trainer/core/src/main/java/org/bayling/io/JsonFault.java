package org.bayling.io;

import com.fasterxml.jackson.core.JsonProcessingException;

/** What is wrong with a JSON text, in words for the person who wrote it and not for a user of the parser. */
public final class JsonFault {
    private static final String PLACE = "\\[Source: [^;\\]]*; (line: \\d+), (column: \\d+)\\]";
    private static final String PARSER_TALK =
            "( \\(start marker at [^)]*\\))|(, from `[^`]*`)|( for `ObjectNode`: not allowed when `[^`]*` enabled)"
                    + "|(: enable `[^`]*` to allow)";

    private JsonFault() {}

    /** The parser's message without its own names and switches, and without the place, which is told apart. */
    public static String describe(JsonProcessingException fault) {
        return fault.getOriginalMessage().replaceAll(PLACE, "$1, $2").replaceAll(PARSER_TALK, "");
    }
}

package org.bayling.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of other tools: what they are read as, and which are refused with a reason.
 *
 * <p>The words are in the spelling of {@link ValueTypes#canonical}; {@link #NOTHING} as a word is a key without value,
 * as a reading it means that the key says nothing.
 */
record Words(Map<String, String> read, Map<String, String> refused) {
    static final String NOTHING = "";
    static final Words NONE = new Words(Map.of(), Map.of());

    Words read(String word, String as) {
        return new Words(with(read, word, as), refused);
    }

    Words refuse(String word, String why) {
        return new Words(read, with(refused, word, why));
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }
}

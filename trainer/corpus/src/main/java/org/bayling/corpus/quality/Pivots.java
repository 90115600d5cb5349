package org.bayling.corpus.quality;

import java.util.Optional;
import java.util.SortedMap;

/** The two languages that everything is tied to. */
final class Pivots {
    static final String ENGLISH = "en";
    static final String CHINESE = "zh";

    private Pivots() {}

    static boolean isPivot(String tag) {
        return tag.equals(ENGLISH) || tag.equals(CHINESE);
    }

    /** The side that the others are compared with: English, else Chinese, else the first. */
    static Optional<String> reference(SortedMap<String, String> texts) {
        if (texts.containsKey(ENGLISH)) {
            return Optional.of(ENGLISH);
        }
        if (texts.containsKey(CHINESE)) {
            return Optional.of(CHINESE);
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts.firstKey());
    }
}

package org.bayling.evaluation.choice;

import com.ibm.icu.lang.UCharacter;
import java.util.Locale;

/** Changes of case as Python makes them, by code points and without a locale. */
final class PythonText {
    private PythonText() {}

    /** {@code s[0].lower() + s[1:]}. */
    static String firstLower(String text) {
        int second = text.offsetByCodePoints(0, 1);
        return text.substring(0, second).toLowerCase(Locale.ROOT) + text.substring(second);
    }

    /** {@code s.capitalize()}: the first letter in title case, all others small. */
    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int second = text.offsetByCodePoints(0, 1);
        String first = text.substring(0, second);
        String small = text.toLowerCase(Locale.ROOT);
        return UCharacter.toTitleCase(Locale.ROOT, first, null, 0)
                + small.substring(first.toLowerCase(Locale.ROOT).length());
    }
}

package org.bayling.evaluation.translation;

import java.util.ArrayList;
import java.util.List;

/**
 * White space as Python's {@code str.split} and {@code str.strip} see it. Java's {@code \s}, {@code isWhitespace} and
 * {@code strip} all differ from it (U+0085, U+00A0, U+2007, U+202F), so the set is written out.
 */
public final class PythonSpace {
    private PythonSpace() {}

    /** True for the 29 characters that Python splits at. */
    public static boolean is(int character) {
        return character >= 0x09 && character <= 0x0D
                || character >= 0x1C && character <= 0x20
                || character == 0x85
                || character == 0xA0
                || character == 0x1680
                || character >= 0x2000 && character <= 0x200A
                || character == 0x2028
                || character == 0x2029
                || character == 0x202F
                || character == 0x205F
                || character == 0x3000;
    }

    /** The words of a text; none for a blank one. */
    public static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean space = i == text.length() || is(text.charAt(i));
            if (space && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!space && start < 0) {
                start = i;
            }
        }
        return words;
    }

    /** The text without white space at its end. */
    public static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** The text without white space at its ends. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && is(text.charAt(start))) {
            start++;
        }
        while (end > start && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}

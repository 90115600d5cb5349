package org.bayling.evaluation.translation;

import java.util.function.IntPredicate;

/** The rules for western languages that mteval-v13a, sacreBLEU's zh tokenizer and tercom have in common. */
final class WesternRules {
    private static final IntPredicate DIGIT = c -> c >= '0' && c <= '9';
    private static final IntPredicate NOT_DIGIT = DIGIT.negate();
    private static final IntPredicate STOP = c -> c == '.' || c == ',';
    private static final IntPredicate DASH = c -> c == '-';

    private WesternRules() {}

    /** The escapes of XML that are undone, in this order: {@code &amp;quot;} becomes a quote. */
    static String unescape(String line) {
        return line.indexOf('&') < 0
                ? line
                : line.replace("&quot;", "\"")
                        .replace("&amp;", "&")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">");
    }

    /** ASCII punctuation but for the apostrophe, comma, dash and period. */
    static boolean isPunctuation(int c) {
        return c >= ' ' && c <= '&'
                || c >= '(' && c <= '+'
                || c == '/'
                || c >= ':' && c <= '@'
                || c >= '[' && c <= '`'
                || c >= '{' && c <= '~';
    }

    /** All four rules. */
    static void apply(TextBuffer line) {
        line.isolate(WesternRules::isPunctuation);
        applyNumberRules(line);
    }

    /** The last three: periods and commas that are not between digits, and dashes after a digit. */
    static void applyNumberRules(TextBuffer line) {
        line.splitOffSecond(NOT_DIGIT, STOP);
        line.splitOffFirst(STOP, NOT_DIGIT);
        line.splitOffSecond(DIGIT, DASH);
    }
}

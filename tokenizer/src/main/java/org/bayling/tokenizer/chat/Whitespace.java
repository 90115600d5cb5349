package org.bayling.tokenizer.chat;

/** White space as Python's {@code str.isspace} and {@code \s} see it, which Java's own tests do not match. */
final class Whitespace {
    private Whitespace() {}

    static boolean is(char c) {
        return c == ' '
                || c >= '\t' && c <= '\r'
                || c >= 0x1c && c <= 0x1f
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || c >= 0x2000 && c <= 0x200a
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    /** Index of the first character from {@code from} on that is no white space. */
    static int skip(String text, int from) {
        int at = from;
        while (at < text.length() && is(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Index behind the last character before {@code to} that is no white space, not below {@code from}. */
    static int skipBack(String text, int from, int to) {
        int at = to;
        while (at > from && is(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}

package org.bayling.observe;

import org.jline.utils.WCWidth;

/** How many columns of a terminal a text takes: 2 for a Chinese character, 0 for a combining mark. */
final class DisplayWidth {

    private DisplayWidth() {}

    static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    /** The library's table knows what is wide; what combines comes from the JDK's newer Unicode. */
    private static int of(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> 0;
            default -> Math.max(0, WCWidth.wcwidth(codePoint));
        };
    }

    /** The text cut to at most {@code width} columns, ending in an ellipsis where something is missing. */
    static String cut(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int columns = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            columns += of(codePoint);
            if (columns > width - 1) {
                break;
            }
            kept.appendCodePoint(codePoint);
        }
        return width < 1 ? "" : kept.append('…').toString();
    }

    /** The text with spaces after it, or before it when {@code right}, up to {@code width} columns. */
    static String pad(String text, int width, boolean right) {
        String spaces = " ".repeat(Math.max(0, width - of(text)));
        return right ? spaces + text : text + spaces;
    }
}

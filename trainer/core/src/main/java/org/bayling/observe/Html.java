package org.bayling.observe;

import java.util.Locale;

/** Text into HTML: everything that comes from a run goes through {@link #text}. */
public final class Html {

    private Html() {}

    /** Escaped for element content and for attribute values in quotes; control characters replaced. */
    public static String text(String raw) {
        StringBuilder safe = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.appendCodePoint(c);
                default -> safe.appendCodePoint(forbidden(c) ? 0xFFFD : c);
            }
        });
        return safe.toString();
    }

    private static boolean forbidden(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint >= 0xD800 && codePoint <= 0xDFFF;
    }

    /** A coordinate or percentage, short and always with a point. */
    public static String number(double value) {
        return trimmed(String.format(Locale.ROOT, "%.2f", value));
    }

    /** Four decimals at most, for reading. */
    static String decimal(double value) {
        return trimmed(String.format(Locale.ROOT, "%.4f", value));
    }

    private static String trimmed(String text) {
        return text.replaceAll("\\.?0+$", "");
    }
}

package org.bayling.corpus.quality;

import java.util.Locale;
import org.bayling.corpus.source.SourceItem;

/**
 * Text that a wrong encoding has damaged: replacement characters, control characters, halves of surrogate pairs,
 * code points that are no characters, and UTF-8 read as Windows-1252 ({@link Mojibake}).
 */
final class DamagedText implements QualityFilter {
    static final String NAME = "damaged-text";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(SourceItem item) {
        for (Side side : Side.of(item)) {
            String found = damage(side.text());
            if (!found.isEmpty()) {
                String at = item instanceof SourceItem.Parallel ? side.language() : "";
                return new Verdict.Drop(NAME, found, at);
            }
        }
        return Verdict.KEEP;
    }

    private static String damage(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                if (isNoncharacter(Character.toCodePoint(c, text.charAt(i + 1)))) {
                    return code("no character", Character.toCodePoint(c, text.charAt(i + 1)), i);
                }
                i++;
            } else if (Character.isSurrogate(c)) {
                return code("half of a surrogate pair", c, i);
            } else if (c == '\uFFFD') {
                return code("replacement character", c, i);
            } else if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return code("control character", c, i);
            } else if (isNoncharacter(c)) {
                return code("no character", c, i);
            }
        }
        String misread = Mojibake.find(text);
        return misread.isEmpty() ? "" : "UTF-8 read in another encoding: " + misread;
    }

    private static boolean isNoncharacter(int c) {
        return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    }

    private static String code(String what, int c, int at) {
        return String.format(Locale.ROOT, "%s U+%04X at character %d", what, c, at);
    }
}

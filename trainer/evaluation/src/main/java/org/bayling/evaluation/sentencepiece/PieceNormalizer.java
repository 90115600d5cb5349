package org.bayling.evaluation.sentencepiece;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a model does to text before it is cut: the longest match of its table at each place is replaced, superfluous
 * white space goes, spaces become U+2581. Safe for use by several threads.
 */
final class PieceNormalizer {
    private static final byte[] SPACE_SYMBOL = "\u2581".getBytes(StandardCharsets.UTF_8);

    private final int[] units;
    private final byte[] replacements;
    private final PieceTable pieces;
    private final Settings settings;

    /**
     * @param prefix a space in front (or behind, with {@code suffix})
     * @param tidy no white space at the ends, one space elsewhere
     * @param escape spaces as U+2581
     * @param suffix white space belongs to the word before it
     */
    record Settings(boolean prefix, boolean tidy, boolean escape, boolean suffix) {}

    /** @throws IllegalArgumentException when the table is cut short */
    PieceNormalizer(byte[] table, PieceTable pieces, Settings settings) {
        this.pieces = pieces;
        this.settings = settings;
        if (table.length == 0) {
            units = new int[0];
            replacements = new byte[0];
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        int size = table.length < 4 ? -1 : bytes.getInt();
        if (size < 0 || size > bytes.remaining() || size % 4 != 0) {
            throw new IllegalArgumentException("its table of replacements is damaged");
        }
        units = new int[size / 4];
        for (int i = 0; i < units.length; i++) {
            units[i] = bytes.getInt();
        }
        replacements = new byte[bytes.remaining()];
        bytes.get(replacements);
    }

    /** The text as it is cut, UTF-8. */
    byte[] normalize(String raw) {
        byte[] text = raw.getBytes(StandardCharsets.UTF_8);
        Match match = new Match();
        int at = 0;
        while (settings.tidy && at < text.length && find(text, at, match).isSpace()) {
            at += match.consumed;
        }
        if (at == text.length) {
            return new byte[0];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 16);
        if (settings.prefix && !settings.suffix) {
            putSpace(out);
        }
        boolean afterSpace = settings.tidy;
        while (at < text.length) {
            find(text, at, match);
            int from = match.start;
            while (afterSpace && from < match.end && match.source[from] == ' ') {
                from++;
            }
            for (int i = from; i < match.end; i++) {
                if (match.source[i] == ' ') {
                    putSpace(out);
                } else {
                    out.write(match.source[i]);
                }
            }
            if (from < match.end) {
                afterSpace = settings.tidy && match.source[match.end - 1] == ' ';
            }
            at += match.consumed;
        }
        byte[] result = settings.tidy ? withoutSpaceAtTheEnd(out.toByteArray()) : out.toByteArray();
        if (settings.prefix && settings.suffix) {
            out.reset();
            out.writeBytes(result);
            putSpace(out);
            return out.toByteArray();
        }
        return result;
    }

    private void putSpace(ByteArrayOutputStream out) {
        out.writeBytes(settings.escape ? SPACE_SYMBOL : new byte[] {' '});
    }

    private byte[] withoutSpaceAtTheEnd(byte[] text) {
        byte[] space = settings.escape ? SPACE_SYMBOL : new byte[] {' '};
        int end = text.length;
        while (end >= space.length && Arrays.equals(text, end - space.length, end, space, 0, space.length)) {
            end -= space.length;
        }
        return Arrays.copyOf(text, end);
    }

    /** What stands for the beginning of a text: {@code source[start, end)} for {@code consumed} bytes of it. */
    private static final class Match {
        private byte[] source;
        private int start;
        private int end;
        private int consumed;

        Match set(byte[] newSource, int newStart, int newEnd, int newConsumed) {
            source = newSource;
            start = newStart;
            end = newEnd;
            consumed = newConsumed;
            return this;
        }

        boolean isSpace() {
            return end - start == 1 && source[start] == ' ';
        }
    }

    private Match find(byte[] text, int at, Match match) {
        int userDefined = pieces.userDefinedAt(text, at);
        if (userDefined > 0) {
            return match.set(text, at, at + userDefined, userDefined);
        }
        int longest = 0;
        int value = 0;
        if (units.length > 0) {
            int node = offset(units[0]);
            for (int i = at; i < text.length; i++) {
                node ^= text[i] & 0xFF;
                if (node >= units.length || (units[node] & 0x800000FF) != (text[i] & 0xFF)) {
                    break;
                }
                int unit = units[node];
                node ^= offset(unit);
                if ((unit >>> 8 & 1) == 1 && node < units.length) {
                    longest = i + 1 - at;
                    value = units[node] & 0x7FFFFFFF;
                }
            }
        }
        if (longest == 0) {
            int length = Math.min(PieceTable.characterLength(text[at]), text.length - at);
            return match.set(text, at, at + length, length);
        }
        int end = value;
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        return match.set(replacements, value, Math.max(value, end), longest);
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }
}

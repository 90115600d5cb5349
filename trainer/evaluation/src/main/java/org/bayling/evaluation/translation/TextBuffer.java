package org.bayling.evaluation.translation;

import java.util.function.IntPredicate;

/**
 * A line of text as code points, rewritten in passes as the regular expressions of sacreBLEU's tokenizers do: each pass
 * goes over the whole line once, from the left, without overlaps. Reused from line to line; for one thread.
 */
final class TextBuffer {
    private int[] points = new int[256];
    private int length;
    private int[] rewritten = new int[256];
    private int rewrittenLength;

    /** Begins with a new line. */
    void set(String text) {
        if (points.length < text.length()) {
            points = new int[text.length() * 2];
        }
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean pair = Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            points[count++] = pair ? Character.toCodePoint(unit, text.charAt(++i)) : unit;
        }
        length = count;
    }

    /** Code points in the line. */
    int length() {
        return length;
    }

    /** The code points, the first {@link #length} of them; the buffer's own, changed by the next pass. */
    int[] points() {
        return points;
    }

    /** A space in front and one behind. */
    void pad() {
        begin();
        put(' ');
        for (int i = 0; i < length; i++) {
            put(points[i]);
        }
        put(' ');
        end();
    }

    /** Drops characters. */
    void delete(IntPredicate which) {
        begin();
        for (int i = 0; i < length; i++) {
            if (!which.test(points[i])) {
                put(points[i]);
            }
        }
        end();
    }

    /** Puts a space on both sides of characters. */
    void isolate(IntPredicate which) {
        begin();
        for (int i = 0; i < length; i++) {
            if (which.test(points[i])) {
                put(' ');
                put(points[i]);
                put(' ');
            } else {
                put(points[i]);
            }
        }
        end();
    }

    /** A character of the first kind and then one of the second become {@code "1 2 "}. */
    void splitOffSecond(IntPredicate first, IntPredicate second) {
        begin();
        for (int i = 0; i < length; i++) {
            put(points[i]);
            if (i + 1 < length && second.test(points[i + 1]) && first.test(points[i])) {
                put(' ');
                put(points[++i]);
                put(' ');
            }
        }
        end();
    }

    /** A character of the first kind and then one of the second become {@code " 1 2"}. */
    void splitOffFirst(IntPredicate first, IntPredicate second) {
        begin();
        for (int i = 0; i < length; i++) {
            if (i + 1 < length && first.test(points[i]) && second.test(points[i + 1])) {
                put(' ');
                put(points[i]);
                put(' ');
                put(points[++i]);
            } else {
                put(points[i]);
            }
        }
        end();
    }

    /** {@code 's} before a space becomes a word of its own. */
    void splitOffPossessives() {
        begin();
        for (int i = 0; i < length; i++) {
            if (points[i] == '\'' && i + 2 < length && points[i + 1] == 's' && points[i + 2] == ' ') {
                put(' ');
            }
            put(points[i]);
        }
        end();
    }

    /** A space after each character. */
    void spread() {
        begin();
        for (int i = 0; i < length; i++) {
            put(points[i]);
            put(' ');
        }
        end();
    }

    /** The words, with one space between them. */
    @Override
    public String toString() {
        return String.join(" ", PythonSpace.split(new String(points, 0, length)));
    }

    private void begin() {
        rewrittenLength = 0;
        if (rewritten.length < 4 * length + 2) {
            rewritten = new int[8 * length + 2];
        }
    }

    private void put(int point) {
        rewritten[rewrittenLength++] = point;
    }

    private void end() {
        int[] old = points;
        points = rewritten;
        length = rewrittenLength;
        rewritten = old;
    }
}

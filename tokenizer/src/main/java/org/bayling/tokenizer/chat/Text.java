package org.bayling.tokenizer.chat;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A string that knows for each of its parts where it came from: {@link #TEMPLATE}, {@link #DATA}, or the index of a
 * message. Immutable. Equality is that of the characters alone, as a template compares them.
 */
final class Text implements CharSequence {
    /** Written by the template itself. */
    static final int TEMPLATE = -1;
    /** Given as data, but not of one message: tools and variables. */
    static final int DATA = -2;

    static final Text EMPTY = new Text("", new int[0], new int[0]);

    private final String string;
    /** End of each part, and its source; parts are not empty and neighbours differ in source. */
    private final int[] ends;

    private final int[] sources;

    private Text(String string, int[] ends, int[] sources) {
        this.string = string;
        this.ends = ends;
        this.sources = sources;
    }

    static Text of(String string, int source) {
        return string.isEmpty() ? EMPTY : new Text(string, new int[] {string.length()}, new int[] {source});
    }

    static Text template(String string) {
        return of(string, TEMPLATE);
    }

    String string() {
        return string;
    }

    int parts() {
        return ends.length;
    }

    int start(int part) {
        return part == 0 ? 0 : ends[part - 1];
    }

    int end(int part) {
        return ends[part];
    }

    int source(int part) {
        return sources[part];
    }


    Text plus(Text other) {
        if (other.string.isEmpty()) {
            return this;
        }
        return string.isEmpty() ? other : new Builder().append(this).append(other).build();
    }

    Text slice(int from, int to) {
        if (from >= to) {
            return EMPTY;
        }
        if (from == 0 && to == string.length()) {
            return this;
        }
        int at = Arrays.binarySearch(ends, from + 1);
        int first = at >= 0 ? at : -at - 1;
        if (ends[first] >= to) {
            return of(string.substring(from, to), sources[first]);
        }
        Builder out = new Builder();
        for (int i = first; i < ends.length && start(i) < to; i++) {
            out.append(string.substring(Math.max(from, start(i)), Math.min(to, ends[i])), sources[i]);
        }
        return out.build();
    }

    /** Each part changed by a function that looks at nothing outside of the part. */
    Text map(UnaryOperator<String> change) {
        Builder out = new Builder();
        for (int i = 0; i < ends.length; i++) {
            out.append(change.apply(string.substring(start(i), ends[i])), sources[i]);
        }
        return out.build();
    }

    /** The one source of all that is not the template's; TEMPLATE if there is none, DATA if there are several. */
    int dominantSource() {
        int found = TEMPLATE;
        for (int source : sources) {
            found = dominant(found, source);
        }
        return found;
    }

    static int dominant(int a, int b) {
        if (a == TEMPLATE || a == b) {
            return b;
        }
        return b == TEMPLATE ? a : DATA;
    }

    @Override
    public int length() {
        return string.length();
    }

    @Override
    public char charAt(int index) {
        return string.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return slice(start, end);
    }

    @Override
    public String toString() {
        return string;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && string.equals(text.string);
    }

    @Override
    public int hashCode() {
        return string.hashCode();
    }

    /** Collects parts. */
    static final class Builder {
        private final StringBuilder chars = new StringBuilder();
        private int[] ends = new int[8];
        private int[] sources = new int[8];
        private int count;

        Builder append(String string, int source) {
            if (string.isEmpty()) {
                return this;
            }
            chars.append(string);
            if (count > 0 && sources[count - 1] == source) {
                ends[count - 1] = chars.length();
                return this;
            }
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, count * 2);
                sources = Arrays.copyOf(sources, count * 2);
            }
            ends[count] = chars.length();
            sources[count++] = source;
            return this;
        }

        Builder append(Text text) {
            for (int i = 0; i < text.ends.length; i++) {
                append(text.string.substring(text.start(i), text.ends[i]), text.sources[i]);
            }
            return this;
        }

        int length() {
            return chars.length();
        }

        Text build() {
            return count == 0
                    ? EMPTY
                    : new Text(chars.toString(), Arrays.copyOf(ends, count), Arrays.copyOf(sources, count));
        }
    }
}

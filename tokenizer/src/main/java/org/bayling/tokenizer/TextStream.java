package org.bayling.tokenizer;

import java.util.Arrays;

/**
 * Decodes a growing list of ids into text that can be shown at once: never half a character, and in sum exactly what
 * decoding all ids together gives. For one thread.
 */
public final class TextStream {
    /** A character has at most four bytes; so many ids without a whole character are not going to become one. */
    private static final int MOST_PENDING = 8;

    private final Tokenizer tokenizer;
    private final boolean skipSpecialTokens;
    private int[] ids = new int[64];
    private int size;
    private int context;
    private int shown;

    TextStream(Tokenizer tokenizer, boolean skipSpecialTokens) {
        this.tokenizer = tokenizer;
        this.skipSpecialTokens = skipSpecialTokens;
    }

    /**
     * Takes the next id.
     *
     * @return the text that has become complete, often one word, empty while a character is still open
     */
    public String push(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        ids[size++] = id;
        return advance(size - shown >= MOST_PENDING);
    }

    /** Ends the stream: what is still open, with U+FFFD for bytes that make no character. */
    public String finish() {
        return size > shown ? advance(true) : "";
    }

    // The shown ids since `context` are decoded along, because a decoder treats the first id of a text in its own way.
    private String advance(boolean force) {
        String before = decode(context, shown);
        String now = decode(context, size);
        if (!force && (now.length() <= before.length() || now.endsWith("\ufffd"))) {
            return "";
        }
        context = shown;
        shown = size;
        return now.length() > before.length() ? now.substring(before.length()) : "";
    }

    private String decode(int from, int to) {
        return tokenizer.decode(Arrays.copyOfRange(ids, from, to), skipSpecialTokens);
    }
}

package org.bayling.tokenizer;

/**
 * Text that is not well-formed Unicode. One lone surrogate would make the native library lose every emoji of the
 * string, so such text is refused before it gets there.
 */
public final class MalformedTextException extends IllegalArgumentException {
    private final int index;

    MalformedTextException(String where, int index, char surrogate) {
        super(String.format(
                "%slone surrogate \\u%04x at index %d: the text is not well-formed Unicode; repair or drop it",
                where, (int) surrogate, index));
        this.index = index;
    }

    /**
     * Passes well-formed text.
     *
     * @param where what the message begins with, such as {@code "messages[2].content: "}
     * @throws MalformedTextException otherwise
     */
    public static void check(String text, String where) {
        int index = Utf8.loneSurrogate(text);
        if (index >= 0) {
            throw new MalformedTextException(where, index, text.charAt(index));
        }
    }

    /** Index of the lone surrogate, in UTF-16 units. */
    public int index() {
        return index;
    }
}

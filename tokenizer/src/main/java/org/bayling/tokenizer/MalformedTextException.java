package org.bayling.tokenizer;

/**
 * Text that is not well-formed Unicode. One lone surrogate would make the native library lose every emoji of the
 * string, so such text is refused before it gets there.
 */
public final class MalformedTextException extends IllegalArgumentException {
    private final int index;

    MalformedTextException(int index, char surrogate) {
        super(String.format(
                "lone surrogate \\u%04x at index %d: the text is not well-formed Unicode; repair or drop it",
                (int) surrogate, index));
        this.index = index;
    }

    /** Index of the lone surrogate, in UTF-16 units. */
    public int index() {
        return index;
    }
}

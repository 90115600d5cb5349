package org.bayling.tokenizer;

/**
 * Where a piece of ordinary text stands. SentencePiece vocabularies put a space before the first word of a text, and
 * whether they do so for a later piece depends on what is before it.
 */
public enum TextPosition {
    /** The first piece of a text. */
    START,
    /** Directly after a control token: what Hugging Face does with the text behind an added token. */
    AFTER_CONTROL,
    /** In the middle of running text: nothing is put before it. */
    CONTINUATION
}

package org.bayling.tokenizer.chat;

/** Python's None. */
enum None {
    NONE
}

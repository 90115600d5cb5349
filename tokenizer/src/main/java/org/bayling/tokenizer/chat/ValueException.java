package org.bayling.tokenizer.chat;

/** An operation that its values do not allow; the evaluator adds the line. */
final class ValueException extends RuntimeException {
    ValueException(String message) {
        super(message, null, false, false);
    }
}

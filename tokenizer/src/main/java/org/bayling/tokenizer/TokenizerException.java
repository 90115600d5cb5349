package org.bayling.tokenizer;

/** A tokenizer file that cannot be used; the message names the file, what is wrong in it and what was expected. */
public final class TokenizerException extends RuntimeException {
    public TokenizerException(String message) {
        super(message);
    }

    public TokenizerException(String message, Throwable cause) {
        super(message, cause);
    }
}

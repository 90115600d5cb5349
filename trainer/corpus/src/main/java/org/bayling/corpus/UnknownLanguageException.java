package org.bayling.corpus;

/** A code or name that stands for no language of the registry. */
public final class UnknownLanguageException extends RuntimeException {
    public UnknownLanguageException(String message) {
        super(message);
    }
}

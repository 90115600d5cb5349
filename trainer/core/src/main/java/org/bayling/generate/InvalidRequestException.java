package org.bayling.generate;

/** A request that can't be answered as it is asked; the message says which, why, and what to change. */
public final class InvalidRequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidRequestException(String message) {
        super(message);
    }
}

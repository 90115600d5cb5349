package org.bayling.checkpoint;

/** A tensor that was asked for is not in the store. */
public final class TensorNotFoundException extends RuntimeException {
    public TensorNotFoundException(String message) {
        super(message);
    }
}

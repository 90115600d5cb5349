package org.bayling.model;

/** A model that this engine can't run: unknown parts, tensors missing, extra or of another shape, NaN in weights. */
public final class InvalidModelException extends RuntimeException {
    public InvalidModelException(String message) {
        super(message);
    }
}

package org.bayling.data;

import java.io.IOException;

/**
 * The training data cannot be used as they are; the message says where, why, and what to do. Exit code 10.
 */
public final class DataException extends IOException {
    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}

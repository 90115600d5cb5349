package org.bayling.train;

import java.io.IOException;

/** The machine has less memory than the run needs; the message says how much and which setting takes less. */
public final class NotEnoughMemoryException extends IOException {
    NotEnoughMemoryException(String message) {
        super(message);
    }
}

package org.bayling.spark;

import java.io.IOException;

/** A library of the cluster is not the one that a build on one machine has. Exit code 11. */
final class ForeignLibraryException extends IOException {
    ForeignLibraryException(String message) {
        super(message);
    }
}

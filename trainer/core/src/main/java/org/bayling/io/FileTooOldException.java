package org.bayling.io;

import java.nio.file.Path;

/** The file has a format version older than this program reads; it must be made anew. */
public final class FileTooOldException extends FileFormatException {

    public FileTooOldException(Path path, String problem, String found, String expected) {
        this(path, problem, found, expected, null);
    }

    public FileTooOldException(Path path, String problem, String found, String expected, Throwable cause) {
        super(path, problem, found, expected, cause);
    }
}

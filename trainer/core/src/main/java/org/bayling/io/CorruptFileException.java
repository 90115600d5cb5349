package org.bayling.io;

import java.nio.file.Path;

/** The file breaks the rules of its format: truncated, altered, or made by a faulty writer. */
public final class CorruptFileException extends FileFormatException {

    public CorruptFileException(Path path, String problem, String found, String expected) {
        this(path, problem, found, expected, null);
    }

    public CorruptFileException(Path path, String problem, String found, String expected, Throwable cause) {
        super(path, problem, found, expected, cause);
    }
}

package org.bayling.io;

import java.nio.file.Path;

/** The file is sound, but uses something this program does not compute with; the message names it. */
public final class UnsupportedFileException extends FileFormatException {

    public UnsupportedFileException(Path path, String problem, String found, String expected) {
        this(path, problem, found, expected, null);
    }

    public UnsupportedFileException(Path path, String problem, String found, String expected, Throwable cause) {
        super(path, problem, found, expected, cause);
    }
}

package org.bayling.io;

import java.io.IOException;
import java.nio.file.Path;

/** A file whose content cannot be used; the message names the file, what was found and what was expected. */
public abstract sealed class FileFormatException extends IOException
        permits CorruptFileException, FileTooNewException, FileTooOldException, UnsupportedFileException {
    private final transient Path path;
    private final String found;
    private final String expected;

    FileFormatException(Path path, String problem, String found, String expected, Throwable cause) {
        super(path + ": " + problem + ": found " + found + ", expected " + expected, cause);
        this.path = path;
        this.found = found;
        this.expected = expected;
    }

    /** The file. */
    public final Path path() {
        return path;
    }

    /** What the file holds. */
    public final String found() {
        return found;
    }

    /** What it should hold. */
    public final String expected() {
        return expected;
    }
}

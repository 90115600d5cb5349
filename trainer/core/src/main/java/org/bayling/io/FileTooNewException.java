package org.bayling.io;

import java.nio.file.Path;

/** The file has a format version newer than this program reads; a newer program is needed. */
public final class FileTooNewException extends FileFormatException {

    public FileTooNewException(Path path, String problem, String found, String expected) {
        this(path, problem, found, expected, null);
    }

    public FileTooNewException(Path path, String problem, String found, String expected, Throwable cause) {
        super(path, problem, found, expected, cause);
    }
}

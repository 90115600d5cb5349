package org.bayling.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Room on a disk, asked for before a long write begins. */
public final class DiskSpace {
    private DiskSpace() {}

    /** Bytes this process may still write where {@code path} is or will be. */
    public static long free(Path path) throws IOException {
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing).getUsableSpace();
    }

    /**
     * Checks that a write will fit.
     *
     * @param what what is to be written, for the message
     * @throws IOException when it will not; the message says how much is needed and how much is free
     */
    public static void require(Path path, long bytes, String what) throws IOException {
        long free = free(path);
        if (free < bytes) {
            throw new IOException(path + ": not enough disk space for " + what + ": needed " + shown(bytes) + ", free "
                    + shown(free) + "; make room or write elsewhere");
        }
    }

    private static String shown(long bytes) {
        return bytes + " bytes (" + String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30)) + ")";
    }
}

package org.bayling.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Memory of this process as the system counts it, memory-mapped weights included.
 *
 * @param rssBytes resident now
 * @param peakRssBytes highest so far
 */
public record ProcessMemory(long rssBytes, long peakRssBytes) {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** The figures now; empty where the system has no {@code /proc}. */
    public static Optional<ProcessMemory> now() {
        try {
            return Files.isReadable(STATUS) ? parse(Files.readString(STATUS)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty(); // a figure for display only
        }
    }

    static Optional<ProcessMemory> parse(String status) {
        long rss = kibibytes(status, "VmRSS:");
        long peak = kibibytes(status, "VmHWM:");
        return rss < 0 || peak < 0 ? Optional.empty() : Optional.of(new ProcessMemory(rss * 1024, peak * 1024));
    }

    private static long kibibytes(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("kB", "").strip())
                .filter(value -> value.matches("[0-9]{1,15}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(-1);
    }
}

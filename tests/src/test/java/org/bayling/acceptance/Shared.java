package org.bayling.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reference material that is not in the repository. */
final class Shared {
    private Shared() {}

    /** A file or folder of it; where it is absent the test is skipped and says so. */
    static Path path(String relative) {
        String environment = System.getenv("BAYLING_SHARED");
        Path path = Path.of(environment != null ? environment : System.getProperty("bayling.shared")).resolve(relative);
        assumeTrue(Files.exists(path), "skipped: " + path + " is absent (set BAYLING_SHARED to the shared folder)");
        return path.toAbsolutePath().normalize();
    }
}

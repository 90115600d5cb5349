package org.bayling.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where reference models and numbers lie; a test that needs them is skipped where they are absent. */
final class SharedFiles {
    private SharedFiles() {}

    static Path require(String relative) {
        String root = System.getProperty("bayling.shared", System.getenv("BAYLING_SHARED"));
        Path path = Path.of(root == null ? "" : root, relative);
        Assumptions.assumeTrue(root != null && Files.exists(path), "needs the reference file " + path);
        return path;
    }
}

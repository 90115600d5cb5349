package org.bayling;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where tests find reference numbers, texts and models that are not part of the repository. */
public final class Shared {
    private Shared() {}

    /** Names of the small random models in {@code golden/tiny}: every variant of the architecture. */
    public static List<String> tinyModels() {
        return List.of(
                "mha-untied", "gqa-tied", "mqa-headdim-bias", "rope-linear", "rope-dynamic", "rope-llama3", "rope-yarn",
                "old-dialect");
    }

    /** A file or folder below the shared folder; the calling test is skipped, with the path, where it is absent. */
    public static Path path(String relative) {
        String environment = System.getenv("BAYLING_SHARED");
        String root = environment != null ? environment : System.getProperty("bayling.shared", "../../../shared");
        Path path = Path.of(root).resolve(relative).normalize();
        assumeTrue(Files.exists(path), "skipped: " + path + " is absent (set BAYLING_SHARED to the shared folder)");
        return path;
    }
}

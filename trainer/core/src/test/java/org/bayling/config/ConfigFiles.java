package org.bayling.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configurations from text, for tests. */
final class ConfigFiles {
    /** The shortest valid file: four lines. */
    static final String MINIMAL =
            """
            model_name_or_path: models/tiny
            datasets:
              - {path: data/zh.jsonl}
            output_dir: checkpoints/run
            """;

    private ConfigFiles() {}

    static LoadedConfig load(String yaml, String... overrides) throws ConfigException {
        Path file = write(yaml.getBytes(StandardCharsets.UTF_8));
        try {
            return ConfigLoader.load(file, List.of(overrides));
        } finally {
            delete(file);
        }
    }

    static LoadedConfig load(byte[] yaml, String... overrides) throws ConfigException {
        Path file = write(yaml);
        try {
            return ConfigLoader.load(file, List.of(overrides));
        } finally {
            delete(file);
        }
    }

    /** The minimal file and more lines, from line 5 on. */
    static RunConfig config(String more, String... overrides) throws ConfigException {
        return load(MINIMAL + more, overrides).config();
    }

    static List<ConfigProblem> problems(String yaml, String... overrides) {
        return catchThrowableOfType(ConfigException.class, () -> load(yaml, overrides)).problems();
    }

    /** Problems of the minimal file and more lines, from line 5 on. */
    static List<ConfigProblem> problemsOf(String more, String... overrides) {
        return problems(MINIMAL + more, overrides);
    }

    private static Path write(byte[] yaml) {
        try {
            return Files.write(Files.createTempFile("config", ".yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

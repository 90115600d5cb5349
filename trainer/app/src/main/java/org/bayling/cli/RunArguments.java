package org.bayling.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.config.ConfigException;
import org.bayling.config.ConfigLoader;
import org.bayling.config.LoadedConfig;
import picocli.CommandLine.Parameters;

/** What a run is made from: a YAML file and values that win over it. */
final class RunArguments {
    @Parameters(index = "0", paramLabel = "FILE", description = "The YAML file.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Values that win over the file's; a dotted path for nested keys: datasets.0.weight=2.")
    private List<String> overrides = new ArrayList<>();

    /**
     * The configuration.
     *
     * @param more {@code key=value} that win over the person's
     */
    LoadedConfig load(List<String> more) throws ConfigException {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(more);
        return ConfigLoader.load(file, all);
    }
}

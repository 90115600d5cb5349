package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.bayling.config.ConfigException;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.build.CorpusBuild;
import org.bayling.corpus.build.CorpusRecipe;
import org.bayling.corpus.build.CorpusRecipeReader;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code corpus build} and {@code corpus plan} are given. */
final class CorpusArguments {
    @Parameters(index = "0", paramLabel = "FILE", description = "The recipe, a YAML file.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Values that win over the file's; a dotted path for nested keys: mixture.samples=1000.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that work, default ${DEFAULT-VALUE}; the corpus does not depend on it.")
    private int threads = Math.max(1, Runtime.getRuntime().availableProcessors());

    /** What is done with the build. */
    interface Use {
        void with(CorpusBuild build) throws IOException;
    }

    /** @param output the folder that will be the corpus */
    void build(Path output, Terminal terminal, Use use) throws ConfigException, IOException {
        LanguageRegistry registry = new LanguageRegistry();
        CorpusRecipe recipe = CorpusRecipeReader.read(file, overrides, registry);
        try (ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            use.with(new CorpusBuild(recipe, registry, output, Math.max(1, threads), progress));
        }
    }
}

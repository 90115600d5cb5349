package org.bayling.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.bayling.config.ConfigException;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.build.CorpusRecipe;
import org.bayling.corpus.build.CorpusRecipeReader;
import org.bayling.corpus.build.PartWork;

/** What executors are sent: the words of the recipe, of which each of them makes its own equipment once. */
final class Workplace implements Serializable {
    private final String recipe;
    private final List<String> overrides;
    private final String folder;
    private transient PartWork work;

    /**
     * @param recipe a file that every executor sees
     * @param overrides laid over it; with them it holds absolute paths alone
     * @param folder of the build
     */
    Workplace(Path recipe, List<String> overrides, Path folder) {
        this.recipe = recipe.toString();
        this.overrides = List.copyOf(overrides);
        this.folder = folder.toString();
    }

    /** The equipment of this executor, for all of its threads. */
    synchronized PartWork work() throws IOException {
        if (work == null) {
            LanguageRegistry registry = new LanguageRegistry();
            work = new PartWork(read(registry), registry, Path.of(folder));
        }
        return work;
    }

    private CorpusRecipe read(LanguageRegistry registry) throws IOException {
        try {
            return CorpusRecipeReader.read(Path.of(recipe), overrides, registry);
        } catch (ConfigException e) {
            throw new IllegalStateException("the driver could read the recipe: " + e.getMessage(), e);
        }
    }
}

package org.bayling.corpus.build;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.sample.Group;
import org.bayling.corpus.source.Source;
import org.bayling.corpus.source.SourceRecipe;
import org.bayling.corpus.source.Sources;
import org.bayling.corpus.task.CrossLingualTasks;

/** What a recipe is carried out with. */
final class Equipment {
    private final CorpusRecipe recipe;
    private final LanguageRegistry registry;
    private final Material.Workshop workshop;

    /** @throws IOException when a source that names languages of its own cannot be read */
    Equipment(CorpusRecipe recipe, LanguageRegistry known) throws IOException {
        this.recipe = recipe;
        this.registry = Sources.languages(recipe.sources(), known);
        this.workshop = new Material.Workshop(CrossLingualTasks.of(registry), groups(recipe));
    }

    private static Map<String, Group> groups(CorpusRecipe recipe) {
        Map<String, Group> groups = new HashMap<>();
        for (SourceRecipe source : recipe.sources()) {
            source.group().ifPresent(group -> groups.put(source.id(), group));
        }
        return groups;
    }

    List<Source> sources() {
        return recipe.sources().stream()
                .map(source -> Sources.open(source, registry))
                .toList();
    }

    /**
     * New ones, that have seen nothing.
     *
     * @throws IOException when an evaluation set cannot be read
     */
    Filters filters() throws IOException {
        return Filters.of(recipe, registry);
    }

    Material.Workshop workshop() {
        return workshop;
    }
}

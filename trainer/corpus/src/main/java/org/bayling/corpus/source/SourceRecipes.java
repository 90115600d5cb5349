package org.bayling.corpus.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bayling.config.DataConfig;
import org.bayling.corpus.CldrItem;
import org.bayling.corpus.sample.Group;

/** Reads the {@code sources} of a corpus recipe. */
public final class SourceRecipes {
    private static final String KINDS = "instructions, parallel, multi-parallel, choice, cldr";
    private static final int LARGEST_NUMBER = 1000;
    private static final int DATES = 1000;

    private SourceRecipes() {}

    /**
     * The entries of the list, in its order.
     *
     * @param sources the value of the key {@code sources}, as a YAML or JSON reader gives it
     * @throws RecipeException with every problem of all entries
     */
    public static List<SourceRecipe> read(JsonNode sources) throws RecipeException {
        List<String> problems = new ArrayList<>();
        List<SourceRecipe> recipes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        if (sources == null || !sources.isArray() || sources.isEmpty()) {
            throw new RecipeException(List.of("sources: expected a list with at least one source"));
        }
        for (int i = 0; i < sources.size(); i++) {
            RecipeEntry entry = new RecipeEntry(sources.get(i), "sources[" + i + "]", problems);
            read(entry).ifPresent(recipe -> {
                if (!ids.add(recipe.id())) {
                    entry.problem("id", "'" + recipe.id() + "' is the id of two sources");
                }
                recipes.add(recipe);
            });
        }
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
        return List.copyOf(recipes);
    }

    private static Optional<SourceRecipe> read(RecipeEntry entry) {
        String kind = entry.text("kind");
        String id = entry.text("id");
        String licence = entry.text("licence");
        Optional<SourceRecipe> recipe =
                switch (kind) {
                    case "instructions" -> Optional.of(instructions(entry, id, licence));
                    case "parallel" -> Optional.of(parallel(entry, id, licence));
                    case "multi-parallel" -> Optional.of(many(entry, id, licence));
                    case "choice" ->
                        Optional.of(new SourceRecipe.Choice(id, licence, entry.paths(), entry.optional("language")));
                    case "cldr" -> Optional.of(cldr(entry, id, licence));
                    default -> Optional.empty();
                };
        if (recipe.isEmpty() && !kind.isEmpty()) {
            entry.problem("kind", "is '" + kind + "', expected one of " + KINDS);
        }
        if (recipe.isPresent()) {
            entry.finish();
        }
        return recipe;
    }

    private static SourceRecipe instructions(RecipeEntry entry, String id, String licence) {
        DataConfig.Format format = entry.constant("format", entry.text("format"), DataConfig.Format.class)
                .orElse(DataConfig.Format.ALPACA);
        Optional<Group> group = entry.optional("group").flatMap(name -> group(entry, name));
        return new SourceRecipe.Instructions(
                id, licence, entry.paths(), format, entry.map("columns"), entry.optional("language"), group);
    }

    private static Optional<Group> group(RecipeEntry entry, String name) {
        for (Group group : Group.values()) {
            if (group.label().equals(name)) {
                return Optional.of(group);
            }
        }
        entry.problem("group", "is '" + name + "', expected one of zh, en, cross-lingual");
        return Optional.empty();
    }

    private static SourceRecipe parallel(RecipeEntry entry, String id, String licence) {
        SourceRecipe.ParallelFormat format = entry.constant(
                        "format", entry.text("format"), SourceRecipe.ParallelFormat.class)
                .orElse(SourceRecipe.ParallelFormat.JSONL);
        SourceItem.Kind unit = entry.constant(
                        "unit", entry.optional("unit").orElse("sentence"), SourceItem.Kind.class)
                .orElse(SourceItem.Kind.SENTENCE);
        List<String> languages = entry.texts("languages");
        boolean inRows = format == SourceRecipe.ParallelFormat.JSONL || format == SourceRecipe.ParallelFormat.TMX;
        if (languages.size() != 2 && !(inRows && languages.isEmpty())) {
            entry.problem("languages", "expected the two languages in the order of the files or columns");
        }
        List<String> paths = entry.paths();
        if (format == SourceRecipe.ParallelFormat.LINES && paths.size() != 2) {
            entry.problem("path", "expected two files, one for each language, got " + paths.size());
        }
        return new SourceRecipe.Parallel(id, licence, paths, format, languages, unit);
    }

    private static SourceRecipe many(RecipeEntry entry, String id, String licence) {
        SourceRecipe.MultiFormat format = entry.constant(
                        "format", entry.text("format"), SourceRecipe.MultiFormat.class)
                .orElse(SourceRecipe.MultiFormat.FLORES);
        return new SourceRecipe.MultiParallel(id, licence, entry.paths(), format, Set.copyOf(entry.texts("languages")));
    }

    private static SourceRecipe cldr(RecipeEntry entry, String id, String licence) {
        Set<CldrItem.Category> categories = new LinkedHashSet<>();
        for (String name : entry.texts("categories")) {
            entry.constant("categories", name, CldrItem.Category.class).ifPresent(categories::add);
        }
        return new SourceRecipe.Cldr(
                id,
                licence,
                categories,
                Set.copyOf(entry.texts("languages")),
                entry.count("largest_number", LARGEST_NUMBER),
                entry.count("dates", DATES));
    }
}

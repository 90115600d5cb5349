package org.bayling.corpus.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bayling.corpus.Language;
import org.bayling.corpus.LanguageRegistry;

/** From an entry of the recipe to its items. */
public final class Sources {
    private Sources() {}

    /**
     * The source that an entry describes. Opens nothing yet; files are read, and faults found, by {@link Source#read}.
     *
     * @param registry as {@link #languages} gives it
     */
    public static Source open(SourceRecipe recipe, LanguageRegistry registry) {
        return new ReadSource(recipe.id(), recipe.licence(), reading(recipe, registry));
    }

    private static ReadSource.Reading reading(SourceRecipe recipe, LanguageRegistry registry) {
        if (recipe instanceof SourceRecipe.Instructions instructions) {
            return new InstructionReading(instructions, registry)::read;
        }
        if (recipe instanceof SourceRecipe.Parallel parallel) {
            PairReading pairs = new PairReading(parallel, registry);
            return switch (parallel.format()) {
                case LINES -> pairs::lines;
                case TSV -> pairs::columns;
                case JSONL -> pairs::objects;
                case TMX -> new TmxReading(parallel, registry)::read;
            };
        }
        if (recipe instanceof SourceRecipe.MultiParallel many) {
            return switch (many.format()) {
                case FLORES -> new FloresReading(many, registry)::read;
                case DECLARATIONS -> new DeclarationsReading(many, registry)::read;
            };
        }
        if (recipe instanceof SourceRecipe.Choice choice) {
            return new ChoiceReading(choice, registry)::read;
        }
        return new CldrReading((SourceRecipe.Cldr) recipe, registry)::read;
    }

    /**
     * The registry, and with it the languages that only the sources know: those of a declarations file, by the tag and
     * the English name that it gives them. Use it for {@link #open} and for the tasks.
     *
     * @throws IOException when a declarations file cannot be read
     */
    public static LanguageRegistry languages(List<SourceRecipe> recipes, LanguageRegistry registry)
            throws IOException {
        Map<String, Language> declared = new TreeMap<>();
        for (SourceRecipe recipe : recipes) {
            if (recipe instanceof SourceRecipe.MultiParallel many
                    && many.format() == SourceRecipe.MultiFormat.DECLARATIONS) {
                Declaration.each(many, declaration -> {
                    String tag = declaration.tag(registry);
                    if (declaration.hasLanguage() && registry.find(tag).isEmpty()) {
                        declared.putIfAbsent(
                                tag,
                                LanguageRegistry.declared(
                                        tag, declaration.iso3(), declaration.english(), declaration.script()));
                    }
                });
            }
        }
        return registry.with(declared.values());
    }
}

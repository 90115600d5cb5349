package org.bayling.corpus.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.corpus.quality.EvaluationSet;
import org.bayling.corpus.source.SourceRecipe;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;

/** What a recipe reads. */
final class Inputs {
    private Inputs() {}

    /**
     * Looks for everything before anything is read, so that a person who fills in a recipe is told all at once.
     *
     * @throws DataException naming every path of a source or an evaluation set at which there is nothing
     */
    static void requireAll(CorpusRecipe recipe) throws IOException {
        List<String> missing = new ArrayList<>();
        for (SourceRecipe source : recipe.sources()) {
            for (String path : source.paths()) {
                if (!isThere(path)) {
                    missing.add("source '" + source.id() + "': nothing at " + path);
                }
            }
        }
        for (EvaluationSet set : recipe.decontaminate()) {
            if (!Files.exists(set.path())) {
                missing.add("evaluation set '" + set.name() + "': nothing at " + set.path());
            }
        }
        if (!missing.isEmpty()) {
            throw new DataException("of what the recipe reads, " + missing.size() + (missing.size() == 1 ? " is" : " are")
                    + " missing:\n  " + String.join("\n  ", missing) + "\nPut data there, change the paths, or leave these"
                    + " entries out.");
        }
    }

    private static boolean isThere(String path) throws IOException {
        if (Files.exists(Path.of(path))) {
            return true;
        }
        try {
            return !DataRows.files("source", List.of(path)).isEmpty(); // a pattern
        } catch (DataException nothing) {
            return false;
        }
    }
}

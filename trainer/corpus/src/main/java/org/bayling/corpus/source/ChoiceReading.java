package org.bayling.corpus.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;
import org.bayling.data.Origin;

/** XCOPA's layout: {@code premise, choice1, choice2, .., question (cause or effect), label (from 0), idx?}. */
final class ChoiceReading {
    private final SourceRecipe.Choice recipe;
    private final LanguageNames languages;

    ChoiceReading(SourceRecipe.Choice recipe, LanguageRegistry registry) {
        this.recipe = recipe;
        this.languages = new LanguageNames(registry);
    }

    void read(Consumer<SourceItem> sink) throws IOException {
        for (Path file : DataRows.files(recipe.id(), recipe.paths())) {
            String tag = recipe.language().isPresent()
                    ? languages.tag(recipe.language().get(), "source '" + recipe.id() + "', language")
                    : SourceFiles.language(file, languages.registry()).tag();
            DataRows.objects(
                    recipe.id(), List.of(file.toString()), (origin, row) -> sink.accept(item(origin, row, tag)));
        }
    }

    private SourceItem.Choice item(Origin origin, JsonNode row, String tag) throws DataException {
        List<String> choices = new ArrayList<>();
        for (int i = 1; row.has("choice" + i); i++) {
            choices.add(text(row, "choice" + i, origin));
        }
        if (choices.size() < 2) {
            throw new DataException(origin + ": expected choice1 and choice2");
        }
        JsonNode label = row.path("label");
        if (!label.isIntegralNumber() || label.intValue() < 0 || label.intValue() >= choices.size()) {
            throw new DataException(origin + ": label is " + (label.isMissingNode() ? "missing" : label)
                    + ", expected the number of the right choice, 0 to " + (choices.size() - 1));
        }
        String question = row.path("question").asText("");
        String key = row.has("idx") ? row.get("idx").asText() : Long.toString(origin.number());
        return new SourceItem.Choice(
                recipe.id(), key, tag, text(row, "premise", origin), question, List.copyOf(choices), label.intValue());
    }

    private static String text(JsonNode row, String field, Origin origin) throws DataException {
        String text = row.path(field).asText("").strip();
        if (text.isEmpty()) {
            throw new DataException(origin + ": " + field + " is missing or empty");
        }
        return text;
    }
}

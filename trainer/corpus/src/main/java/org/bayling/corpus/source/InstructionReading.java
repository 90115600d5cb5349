package org.bayling.corpus.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.bayling.config.DataConfig;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.sample.Turn;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;
import org.bayling.data.Origin;
import org.bayling.data.Sample;

/** Instruction sets in the formats that training reads; answers behind the last assistant's message are left out. */
final class InstructionReading {
    private final SourceRecipe.Instructions recipe;
    private final LanguageNames languages;

    InstructionReading(SourceRecipe.Instructions recipe, LanguageRegistry registry) {
        this.recipe = recipe;
        this.languages = new LanguageNames(registry);
    }

    void read(Consumer<SourceItem> sink) throws IOException {
        DataConfig.Dataset dataset = new DataConfig.Dataset(
                recipe.paths(), recipe.format(), recipe.id(), recipe.language(), 1, OptionalLong.empty(),
                recipe.columns());
        DataRows.conversations(dataset, (origin, sample) -> sink.accept(item(origin, sample)));
    }

    private SourceItem.Instruction item(Origin origin, Sample sample) throws DataException {
        if (sample.language().isEmpty()) {
            throw new DataException(origin + ": the row names no language; give the source '" + recipe.id()
                    + "' a language");
        }
        List<Turn> messages = new ArrayList<>();
        int last = 0;
        for (Sample.Turn turn : sample.turns()) {
            if (turn.role().equals("tool") || turn.toolCalls().isPresent()) {
                throw new DataException(origin + ": the conversation calls functions, which a corpus cannot carry;"
                        + " train on this file directly");
            }
            messages.add(new Turn(turn.role(), turn.content()));
            last = turn.role().equals("assistant") ? messages.size() : last;
        }
        String key = origin.file().getFileName() + ":" + origin.number();
        String tag = languages.tag(sample.language().get(), origin);
        return new SourceItem.Instruction(recipe.id(), key, tag, List.copyOf(messages.subList(0, last)));
    }
}

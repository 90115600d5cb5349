package org.bayling.corpus.quality;

import java.util.ArrayList;
import java.util.List;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;

/**
 * The text of an item in one language.
 *
 * @param language BCP 47
 */
record Side(String language, String text) {

    /** All texts of an item: one for each language of parallel text, else everything that is said in one. */
    static List<Side> of(SourceItem item) {
        if (item instanceof SourceItem.Parallel parallel) {
            List<Side> sides = new ArrayList<>(parallel.texts().size());
            parallel.texts().forEach((language, text) -> sides.add(new Side(language, text)));
            return sides;
        }
        return List.of(new Side(language(item), String.join("\n", parts(item))));
    }

    /** The separate texts of an item: sides, messages, or context and choices. */
    static List<String> parts(SourceItem item) {
        if (item instanceof SourceItem.Parallel parallel) {
            return List.copyOf(parallel.texts().values());
        }
        if (item instanceof SourceItem.Choice choice) {
            List<String> parts = new ArrayList<>();
            parts.add(choice.context());
            parts.addAll(choice.choices());
            return parts;
        }
        return ((SourceItem.Instruction) item)
                .messages().stream().map(Turn::content).toList();
    }

    /** The language an item counts under: the side that is no pivot, {@code mul} where there are several. */
    static String language(SourceItem item) {
        if (item instanceof SourceItem.Instruction instruction) {
            return instruction.language();
        }
        if (item instanceof SourceItem.Choice choice) {
            return choice.language();
        }
        List<String> languages =
                List.copyOf(((SourceItem.Parallel) item).texts().keySet());
        List<String> others =
                languages.stream().filter(tag -> !Pivots.isPivot(tag)).toList();
        if (others.isEmpty()) {
            return languages.contains(Pivots.CHINESE) ? Pivots.CHINESE : languages.isEmpty() ? "und" : languages.get(0);
        }
        return others.size() == 1 ? others.get(0) : "mul";
    }

    /** Whether an item is running text rather than a name, a number or a date. */
    static boolean isRunningText(SourceItem item) {
        return !(item instanceof SourceItem.Parallel parallel)
                || parallel.kind() == SourceItem.Kind.SENTENCE
                || parallel.kind() == SourceItem.Kind.DOCUMENT;
    }
}

package org.bayling.corpus.sample;

import java.util.List;
import java.util.Objects;

/**
 * One instruction sample and where it comes from.
 *
 * @param messages user and assistant in turn, perhaps behind a system message; the last is the assistant's
 * @param language BCP 47; in cross-lingual tasks the side that is not the pivot
 * @param task {@code instruction}, or the cross-lingual task: {@code translation}, {@code dictionary}, ...
 * @param direction {@code fr-zh}: given French, answered in Chinese; one language alone for instructions
 * @param template id of the frame that was filled; empty for instructions taken as they are
 * @param source id of the source in the recipe
 * @param item key of the item in its source: the same text has the same key in every language
 */
public record CorpusSample(
        Group group,
        String language,
        String task,
        String direction,
        String template,
        String source,
        String item,
        List<Turn> messages) {
    public CorpusSample {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(template, "template");
        messages = List.copyOf(messages);
        if (messages.isEmpty() || !messages.get(messages.size() - 1).role().equals("assistant")) {
            throw new IllegalArgumentException("a sample ends with the assistant's message: " + source + " " + item);
        }
    }
}

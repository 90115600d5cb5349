package org.bayling.corpus.source;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import org.bayling.corpus.sample.Turn;

/** One item of a source, before it becomes samples. */
public sealed interface SourceItem extends Serializable {
    /** Id of the source in the recipe. */
    String source();

    /** Stable key within the source: a line number, a CLDR path. */
    String key();

    /** An instruction with its answer, taken as it is. */
    record Instruction(String source, String key, String language, List<Turn> messages) implements SourceItem {}

    /** One content in two or more languages, by BCP 47 tag. */
    record Parallel(String source, String key, Kind kind, SortedMap<String, String> texts) implements SourceItem {}

    /**
     * A question with choices.
     *
     * @param context what the question is about
     * @param question {@code cause} or {@code effect} of the context; or a question in the item's language; or empty
     * @param gold index of the right choice, from 0
     */
    record Choice(
            String source,
            String key,
            String language,
            String context,
            String question,
            List<String> choices,
            int gold)
            implements SourceItem {

        /** Without a question of its own. */
        public Choice(String source, String key, String language, String context, List<String> choices, int gold) {
            this(source, key, language, context, "", choices, gold);
        }
    }

    /** What kind of content a parallel item is; decides which tasks can be made of it. */
    enum Kind {
        SENTENCE,
        DOCUMENT,
        NAME,
        NUMBER,
        DATE
    }
}

package org.bayling.corpus.task;

import java.util.List;

/** Names of the tasks, as samples and reports carry them. */
public final class Tasks {
    /** An instruction of a data set, taken as it is. */
    public static final String INSTRUCTION = "instruction";

    /** One sentence or short document. */
    public static final String TRANSLATION = "translation";

    /** Several unconnected sentences, numbered. */
    public static final String LIST = "list-translation";

    /** Consecutive sentences of one text. */
    public static final String DOCUMENT = "document-translation";

    /** The translation must contain given words. */
    public static final String CONSTRAINED = "constrained-translation";

    /** Two turns: a translation, then an edited version put right by a stated correction. */
    public static final String INTERACTIVE = "interactive-translation";

    /** Several turns: one text, translated sentence after sentence. */
    public static final String CONTINUED = "continued-translation";

    /** From one language into another, written down in the pivot on the way. */
    public static final String VIA_PIVOT = "pivot-translation";

    /** Names, numbers and dates. */
    public static final String DICTIONARY = "dictionary";

    /** Which language a text is in. */
    public static final String IDENTIFICATION = "language-identification";

    /** Instruction in one language, passage in another, answer in a third. */
    public static final String READING = "cross-lingual-reading";

    /** Cause or effect, chosen of two. */
    public static final String CHOICE = "choice";

    /** All of them. */
    public static final List<String> ALL = List.of(
            INSTRUCTION, TRANSLATION, LIST, DOCUMENT, CONSTRAINED, INTERACTIVE, CONTINUED, VIA_PIVOT, DICTIONARY,
            IDENTIFICATION, READING, CHOICE);

    private Tasks() {}
}

package org.bayling.corpus.task;

import java.util.Locale;

/** What a frame leaves open, written in braces and lower case: {@code {target}}. */
enum Gap {
    /** Name of the language of what is given. */
    SOURCE,
    /** Name of the language of the answer. */
    TARGET,
    /** Name of the frame's own language, where the way leads through it. */
    VIA,
    /** What kind of thing is named. */
    KIND,
    /** What is to be worked on. */
    TEXT,
    /** Words that the answer has to contain. */
    WORDS,
    /** One word that was lost. */
    WORD,
    /** An edited translation. */
    DRAFT,
    /** Cause or effect. */
    QUESTION,
    /** The choices, one a line. */
    OPTIONS;

    String written() {
        return "{" + name().toLowerCase(Locale.ROOT) + "}";
    }
}

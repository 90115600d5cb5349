package org.bayling.evaluation.language;

/** Tells whether texts are in one language. Safe for use by several threads. */
public interface LanguageIdentifier {

    /** What is found out about a text. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** Too short, without letters, or of a language that cannot be told. */
        UNKNOWN
    }

    static LanguageIdentifier of(String l) { throw new UnsupportedOperationException(l); }

    /** Whether the text is in the asked language. */
    Verdict judge(String text);

    /** How it is found out, in a few words for a report, such as {@code script only}. */
    String method();
}

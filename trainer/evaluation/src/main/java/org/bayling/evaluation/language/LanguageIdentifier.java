package org.bayling.evaluation.language;

import com.github.pemistahl.lingua.api.Language;
import com.ibm.icu.util.ULocale;
import java.util.Set;

/** Tells whether texts are in one language. Safe for use by several threads. */
public interface LanguageIdentifier {

    /** What is found out about a text. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** Without letters, or too short to tell. */
        UNKNOWN
    }

    /**
     * The best way there is for a language: by its script and letters where the identifier knows the language, else by
     * its script alone.
     *
     * @param code ISO 639-1 or 639-3, also with a script, {@code de}, {@code deu}, {@code srp_Cyrl}
     */
    static LanguageIdentifier of(String code) {
        ScriptCheck script = ScriptCheck.of(code);
        Set<Language> languages = LetterStatistics.languages(locale(code).getLanguage());
        return languages.isEmpty() ? script : LetterStatistics.of(languages, script);
    }

    /** The locale of a code, in today's names: {@code cmn} and {@code zho} are {@code zh}. */
    static ULocale locale(String code) {
        return ULocale.createCanonical(code);
    }

    /** Whether the text is in the asked language. */
    Verdict judge(String text);

    /** How it is found out, in a few words for a report, such as {@code script only}. */
    String method();
}

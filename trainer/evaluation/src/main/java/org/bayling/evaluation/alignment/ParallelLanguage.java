package org.bayling.evaluation.alignment;

import com.ibm.icu.util.ULocale;
import org.bayling.evaluation.language.LanguageIdentifier;

/**
 * A language that parallel data have.
 *
 * @param code as the data spell it, {@code deu_Latn}
 * @param tag by which it is found under other spellings, {@code de}
 * @param name in English
 */
record ParallelLanguage(String code, String tag, String name) {

    /** A language of which the data tell nothing but its code. */
    static ParallelLanguage of(String code) {
        ULocale locale = LanguageIdentifier.locale(code);
        return new ParallelLanguage(code, code, locale.getDisplayLanguage(ULocale.ENGLISH));
    }

    /** Whether the code is one of ISO 639, perhaps with a script: {@code de}, {@code deu}, {@code srp_Cyrl}. */
    static boolean isCode(String text) {
        ULocale locale = LanguageIdentifier.locale(text);
        return text.matches("[a-z]{2,3}([_-][A-Za-z0-9]+)*")
                && !locale.getDisplayLanguage(ULocale.ENGLISH).equals(locale.getLanguage());
    }

    ULocale locale() {
        return LanguageIdentifier.locale(tag);
    }

    /** The script that the tag names or, where it names none, that the language is usually written in. */
    String script() {
        return ULocale.addLikelySubtags(locale()).getScript();
    }
}

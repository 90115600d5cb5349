package org.bayling.evaluation.report;

import org.bayling.corpus.Language;
import org.bayling.corpus.LanguageRegistry;

/**
 * What is known of a language that results name.
 *
 * @param code as the results write it
 * @param tag BCP 47; the code where the registry does not know it
 * @param name in English; the code where the registry does not know it
 * @param script ISO 15924, or {@code unknown}
 * @param resources {@code high}, {@code mid}, {@code low} or {@code unknown}
 */
record LanguageTraits(String code, String tag, String name, String script, String resources) {
    private static final String UNKNOWN = "unknown";

    static LanguageTraits of(String code, LanguageRegistry registry) {
        return registry.find(code)
                .map(language -> of(code, language))
                .orElseGet(() -> new LanguageTraits(code, code, code, UNKNOWN, UNKNOWN));
    }

    private static LanguageTraits of(String code, Language language) {
        return new LanguageTraits(
                code, language.tag(), language.english(), language.script(), language.resources().label());
    }
}

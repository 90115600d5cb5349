package org.bayling.evaluation.translate;

import java.util.Optional;

/** Knows languages by the codes that test sets give them. */
@FunctionalInterface
public interface LanguageDirectory {

    /**
     * The language of a code.
     *
     * @param code BCP 47, ISO 639-3, or of FLORES-101 or FLORES-200: {@code zh}, {@code zho_Hans}, {@code zho_simpl}
     */
    Optional<NamedLanguage> find(String code);
}

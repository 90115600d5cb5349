package org.bayling.cli;

import java.util.Optional;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.evaluation.translate.LanguageDirectory;
import org.bayling.evaluation.translate.NamedLanguage;

/** The languages that corpora are built of, for test sets. */
final class TestSetLanguages implements LanguageDirectory {
    private final LanguageRegistry registry = new LanguageRegistry();

    @Override
    public Optional<NamedLanguage> find(String code) {
        return registry.find(code)
                .map(language -> new NamedLanguage(language.tag(), language.english(), language.chinese()));
    }
}

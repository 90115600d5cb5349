package org.bayling.evaluation.translate;

import java.util.Map;
import java.util.Optional;

/** The few languages of these tests, by several codes each. */
final class SomeLanguages implements LanguageDirectory {
    static final NamedLanguage ENGLISH = new NamedLanguage("en", "English", "英语");
    static final NamedLanguage CHINESE = new NamedLanguage("zh", "Chinese", "中文");
    static final NamedLanguage GERMAN = new NamedLanguage("de", "German", "德语");
    static final NamedLanguage JAPANESE = new NamedLanguage("ja", "Japanese", "日语");

    private static final Map<String, NamedLanguage> KNOWN = Map.ofEntries(
            Map.entry("en", ENGLISH), Map.entry("eng", ENGLISH), Map.entry("eng_Latn", ENGLISH),
            Map.entry("zh", CHINESE), Map.entry("zho_simpl", CHINESE), Map.entry("zho_Hans", CHINESE),
            Map.entry("de", GERMAN), Map.entry("deu", GERMAN), Map.entry("deu_Latn", GERMAN),
            Map.entry("ja", JAPANESE), Map.entry("jpn_Jpan", JAPANESE));

    @Override
    public Optional<NamedLanguage> find(String code) {
        return Optional.ofNullable(KNOWN.get(code));
    }
}

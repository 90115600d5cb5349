package org.bayling.corpus;

import com.ibm.icu.text.DisplayContext;
import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.util.ULocale;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tags as short as they can be, and what CLDR says of them. */
final class LanguageTags {
    /** Individual and older codes for what CLDR files under another one. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("no", "nb"), Map.entry("nor", "nb"), Map.entry("norwegian", "nb"), Map.entry("挪威语", "nb"),
            Map.entry("iw", "he"), Map.entry("in", "id"),
            Map.entry("ji", "yi"), Map.entry("jw", "jv"), Map.entry("mo", "ro"), Map.entry("tl", "fil"),
            Map.entry("tgl", "fil"), Map.entry("sh", "sr-Latn"), Map.entry("arb", "ar"), Map.entry("azj", "az"),
            Map.entry("swh", "sw"), Map.entry("khk", "mn"), Map.entry("lvs", "lv"), Map.entry("npi", "ne"),
            Map.entry("pes", "fa"), Map.entry("pbt", "ps"), Map.entry("uzn", "uz"), Map.entry("zsm", "ms"),
            Map.entry("gaz", "om"), Map.entry("fuv", "ff"), Map.entry("kmr", "ku"), Map.entry("ekk", "et"),
            Map.entry("als", "sq"), Map.entry("ydd", "yi"), Map.entry("plt", "mg"), Map.entry("ory", "or"),
            Map.entry("cmn", "zh"), Map.entry("zho-simpl", "zh"), Map.entry("zho-trad", "zh-hant"),
            Map.entry("zhtrad", "zh-hant"), Map.entry("ns", "nso"), Map.entry("ayr", "ay"), Map.entry("knc", "kr"),
            Map.entry("gug", "gn"), Map.entry("kng", "kg"), Map.entry("twi", "tw"), Map.entry("kor-hang", "ko"),
            Map.entry("zlm", "ms"), Map.entry("prs-arab", "prs"),
            Map.entry("fa-af", "prs"),
            // FLORES-200 calls Santali Bengali script; its text is in Ol Chiki, as FLORES+ says.
            Map.entry("sat-beng", "sat"));

    private LanguageTags() {}

    /** What another standard's code is called here; keys and values as {@link #key} writes them. */
    static Optional<String> alias(String key) {
        return Optional.ofNullable(ALIASES.get(key));
    }

    /** The form in which codes and names are compared. */
    static String key(String codeOrName) {
        return codeOrName.strip().replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** Language, and script only where it is not the likely one; the likely country is left out. */
    static String minimal(ULocale locale) {
        ULocale noCountry = new ULocale.Builder()
                .setLanguage(locale.getLanguage())
                .setScript(ULocale.addLikelySubtags(locale).getScript())
                .build();
        ULocale alone = new ULocale(locale.getLanguage());
        boolean likely = ULocale.addLikelySubtags(alone).getScript().equals(noCountry.getScript());
        return (likely ? alone : noCountry).toLanguageTag();
    }

    /** A longer tag as a locale, its first part replaced by what CLDR calls it. */
    static ULocale canonical(String key) {
        int dash = key.indexOf('-');
        String first = key.substring(0, dash);
        String known = ALIASES.getOrDefault(first, first);
        String rest = key.substring(dash);
        if (known.contains("-") && rest.matches("-[a-z]{4}.*")) {
            known = known.substring(0, known.indexOf('-'));
        }
        return ULocale.createCanonical(ULocale.forLanguageTag(known + rest));
    }

    /** False for codes that CLDR files under another language: Dari, Twi. */
    static boolean isItsOwn(String code) {
        return ULocale.createCanonical(code).getLanguage().equals(new ULocale(code).getLanguage());
    }

    /** CLDR's name of a language in another, or null. */
    static String nameOf(String tag, ULocale in) {
        LocaleDisplayNames names = LocaleDisplayNames.getInstance(
                in, DisplayContext.DIALECT_NAMES, DisplayContext.NO_SUBSTITUTE, DisplayContext.CAPITALIZATION_NONE);
        ULocale of = ULocale.forLanguageTag(tag);
        return of.getScript().isEmpty() ? names.languageDisplayName(of.getLanguage()) : names.localeDisplayName(of);
    }

    /** CLDR's name of a script in a language, or null. */
    static String scriptName(String script, ULocale in) {
        return LocaleDisplayNames.getInstance(in, DisplayContext.NO_SUBSTITUTE).scriptDisplayName(script);
    }
}

package org.bayling.corpus;

import com.ibm.icu.text.DisplayContext;
import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every written language that CLDR has data for, found by any of the names people give it: BCP 47 ({@code zh-CN}),
 * ISO 639-3 ({@code zho}), Flores-200 ({@code zho_Hans}), English, Chinese or its own name. Immutable.
 *
 * <p>Codes are read as codes before they are read as names. What a code means is fixed where standards disagree:
 * {@code no} is Norwegian Bokmål, {@code mo} is Romanian as in BCP 47 (not Mongolian), {@code ku} is Kurmanji.
 */
public final class LanguageRegistry {

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
            Map.entry("cmn", "zh"), Map.entry("zho-simpl", "zh"), Map.entry("zho-trad", "zh-hant"));

    private final Map<String, Language> byTag;
    private final Map<String, Language> byCode;
    private final Map<String, Language> byName;

    /** Reads the registry out of ICU4J's CLDR. */
    public LanguageRegistry() {
        Map<String, Language> tags = new TreeMap<>();
        for (ULocale locale : ULocale.getAvailableLocales()) {
            if (locale.getCountry().isEmpty() && locale.getVariant().isEmpty()) {
                describe(locale).ifPresent(language -> tags.putIfAbsent(language.tag(), language));
            }
        }
        tags.remove("no");
        byTag = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        byCode = codes(byTag.values());
        byName = names(byTag.values());
    }

    /** All languages, in the order of their tags. */
    public List<Language> all() {
        return List.copyOf(byTag.values());
    }

    /** The language that a code or a name stands for; upper and lower case, {@code -} and {@code _} are the same. */
    public Optional<Language> find(String codeOrName) {
        String key = key(codeOrName);
        Language known = byCode.get(key);
        if (known == null && ALIASES.containsKey(key)) {
            known = byCode.get(key(ALIASES.get(key)));
        }
        if (known == null) {
            known = byName.get(key);
        }
        if (known == null && key.matches("[a-z]{2,3}(-[a-z0-9]{2,8})+")) {
            known = byCode.get(key(minimal(canonical(key))));
        }
        return Optional.ofNullable(known);
    }

    /**
     * The language that a code or a name stands for.
     *
     * @throws UnknownLanguageException when it stands for none, with the nearest codes
     */
    public Language require(String codeOrName) {
        return find(codeOrName).orElseThrow(() -> new UnknownLanguageException("unknown language \"" + codeOrName
                + "\": expected a BCP 47 tag such as zh-Hant, an ISO 639-3 or Flores-200 code such as deu_Latn, or a "
                + "name in English, Chinese or the language itself" + near(codeOrName)));
    }

    private String near(String codeOrName) {
        String key = key(codeOrName);
        String start = key.substring(0, Math.min(3, key.length()));
        List<String> near = new ArrayList<>();
        for (Language language : byTag.values()) {
            if (key(language.english()).startsWith(start) && near.size() < 3) {
                near.add(language.tag() + " (" + language.english() + ")");
            }
        }
        return near.isEmpty() || start.length() < 3 ? "" : "; did you mean " + String.join(", ", near) + "?";
    }

    private static Optional<Language> describe(ULocale locale) {
        String tag = minimal(locale);
        ULocale full = ULocale.addLikelySubtags(locale);
        String english = nameOf(tag, ULocale.ENGLISH);
        String chinese = nameOf(tag, ULocale.CHINESE);
        String iso3 = locale.getISO3Language();
        if (english == null || chinese == null || iso3.isEmpty()) {
            return Optional.empty();
        }
        String own = nameOf(tag, ULocale.forLanguageTag(tag));
        Language.Direction direction = ULocale.forLanguageTag(tag).isRightToLeft()
                ? Language.Direction.RIGHT_TO_LEFT
                : Language.Direction.LEFT_TO_RIGHT;
        return Optional.of(
                new Language(tag, iso3, english, chinese, own == null ? english : own, full.getScript(), direction));
    }

    private static String nameOf(String tag, ULocale in) {
        LocaleDisplayNames names = LocaleDisplayNames.getInstance(
                in, DisplayContext.DIALECT_NAMES, DisplayContext.NO_SUBSTITUTE, DisplayContext.CAPITALIZATION_NONE);
        ULocale of = ULocale.forLanguageTag(tag);
        return of.getScript().isEmpty() ? names.languageDisplayName(of.getLanguage()) : names.localeDisplayName(of);
    }

    /** Language, and script only where it is not the likely one; the likely country is left out. */
    private static String minimal(ULocale locale) {
        ULocale noCountry = new ULocale.Builder()
                .setLanguage(locale.getLanguage())
                .setScript(ULocale.addLikelySubtags(locale).getScript())
                .build();
        ULocale alone = new ULocale(locale.getLanguage());
        boolean likely = ULocale.addLikelySubtags(alone).getScript().equals(noCountry.getScript());
        return (likely ? alone : noCountry).toLanguageTag();
    }

    /** A longer tag as a locale, its first part replaced by what CLDR calls it. */
    private static ULocale canonical(String key) {
        int dash = key.indexOf('-');
        String first = key.substring(0, dash);
        String known = ALIASES.getOrDefault(first, first);
        String rest = key.substring(dash);
        if (known.contains("-") && rest.matches("-[a-z]{4}.*")) {
            known = known.substring(0, known.indexOf('-'));
        }
        return ULocale.createCanonical(ULocale.forLanguageTag(known + rest));
    }

    private static Map<String, Language> codes(Collection<Language> languages) {
        Map<String, Language> codes = new LinkedHashMap<>();
        for (Language language : languages) {
            codes.put(key(language.tag()), language);
        }
        for (Language language : languages) {
            String iso1 = ULocale.forLanguageTag(language.tag()).getLanguage();
            boolean usualScript = !language.tag().contains("-");
            codes.putIfAbsent(key(iso1 + "-" + language.script()), language);
            codes.putIfAbsent(key(language.iso3() + "-" + language.script()), language);
            if (usualScript) {
                codes.putIfAbsent(key(language.iso3()), language);
            }
        }
        return Map.copyOf(codes);
    }

    private static Map<String, Language> names(Collection<Language> languages) {
        Map<String, Language> names = new LinkedHashMap<>();
        for (Language language : languages) {
            names.putIfAbsent(key(language.english()), language);
            names.putIfAbsent(key(language.chinese()), language);
        }
        for (Language language : languages) {
            names.putIfAbsent(key(language.own()), language);
        }
        return Map.copyOf(names);
    }

    private static String key(String codeOrName) {
        return codeOrName.strip().replace('_', '-').toLowerCase(Locale.ROOT);
    }
}

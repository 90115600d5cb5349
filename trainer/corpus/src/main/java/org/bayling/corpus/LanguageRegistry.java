package org.bayling.corpus;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Written languages, found by any of the names people give them: BCP 47 ({@code zh-CN}), ISO 639-3 ({@code zho}),
 * Flores-200 ({@code zho_Hans}), English, Chinese or their own name. Immutable.
 *
 * <p>It knows every language that CLDR has data for, every other one that CLDR has an English name for, and all of
 * FLORES-200. Further ones are added by {@link #with}.
 *
 * <p>Codes are read as codes before they are read as names. What a code means is fixed where standards disagree:
 * {@code no} is Norwegian Bokmål, {@code mo} is Romanian as in BCP 47 (not Mongolian), {@code ku} is Kurmanji,
 * {@code tl} is Filipino.
 */
public final class LanguageRegistry {
    private static final Set<String> NO_LANGUAGE = Set.of("und", "mul", "mis", "zxx", "root");

    private final Map<String, Language> byTag;
    private final Map<String, Language> byCode;
    private final Map<String, Language> byName;
    private final List<Language> inCldr;

    /** Reads the registry out of ICU4J's CLDR. */
    public LanguageRegistry() {
        Map<String, FloresCodes.Row> flores = new TreeMap<>();
        for (FloresCodes.Row row : FloresCodes.rows()) {
            flores.put(tagOf(LanguageTags.key(row.flores200())), row);
        }
        Map<String, Language> tags = new TreeMap<>();
        for (ULocale locale : ULocale.getAvailableLocales()) {
            if (locale.getCountry().isEmpty() && locale.getVariant().isEmpty()) {
                String tag = LanguageTags.minimal(locale);
                describe(tag, flores.get(tag), LanguageTags.nameOf(tag, ULocale.forLanguageTag(tag)))
                        .filter(language -> LanguageTags.nameOf(tag, ULocale.CHINESE) != null)
                        .ifPresent(language -> tags.putIfAbsent(tag, language));
            }
        }
        tags.remove("no");
        inCldr = List.copyOf(tags.values());
        byCode = codes(inCldr);
        byName = names(inCldr);
        Set<String> more = named();
        more.addAll(flores.keySet());
        more.removeAll(tags.keySet());
        for (String tag : more) {
            // Asked in a language without data, CLDR would answer in the machine's own language.
            describe(tag, flores.get(tag), null).ifPresent(language -> tags.put(tag, language));
        }
        byTag = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        List<Language> added = new ArrayList<>(byTag.values());
        added.removeAll(inCldr);
        codes(added).forEach(byCode::putIfAbsent);
        names(added).forEach(byName::putIfAbsent);
    }

    private LanguageRegistry(LanguageRegistry before, Collection<Language> more) {
        Map<String, Language> tags = new TreeMap<>(before.byTag);
        more.forEach(language -> tags.putIfAbsent(language.tag(), language));
        byTag = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        byCode = new LinkedHashMap<>(before.byCode);
        byName = new LinkedHashMap<>(before.byName);
        inCldr = before.inCldr;
        codes(more).forEach(byCode::putIfAbsent);
        names(more).forEach(byName::putIfAbsent);
    }

    /** This registry and further languages; those that it has stay as they are. */
    public LanguageRegistry with(Collection<Language> more) {
        return new LanguageRegistry(this, more);
    }

    /** All languages, in the order of their tags. */
    public List<Language> all() {
        return List.copyOf(byTag.values());
    }

    /** The languages that CLDR has data for, more than a name. */
    public List<Language> inCldr() {
        return inCldr;
    }

    /** The language that a code or a name stands for; upper and lower case, {@code -} and {@code _} are the same. */
    public Optional<Language> find(String codeOrName) {
        String key = LanguageTags.key(codeOrName);
        Language known = byCode.get(key);
        if (known == null) {
            known = LanguageTags.alias(key).map(alias -> byCode.get(LanguageTags.key(alias))).orElse(null);
        }
        if (known == null) {
            known = byName.get(key);
        }
        if (known == null && key.matches("[a-z]{2,3}(-[a-z0-9]{2,8})+")) {
            known = byCode.get(LanguageTags.key(LanguageTags.minimal(LanguageTags.canonical(key))));
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

    /**
     * A language that no registry knows, as its data declares it; names and direction come from CLDR where it has them.
     *
     * @param tag BCP 47, not yet in this registry
     * @param iso3 ISO 639-3
     * @param english what the data calls it
     * @param script ISO 15924 of its text
     */
    public static Language declared(String tag, String iso3, String english, String script) {
        String language = ULocale.forLanguageTag(tag).getLanguage();
        boolean own = LanguageTags.isItsOwn(language) && LanguageTags.nameOf(language, ULocale.ENGLISH) != null;
        String chinese = own ? LanguageTags.nameOf(tag, ULocale.CHINESE) : null;
        String inEnglish = own ? LanguageTags.nameOf(tag, ULocale.ENGLISH) : withScript(tag, english);
        return new Language(
                tag,
                iso3,
                inEnglish,
                chinese == null ? inChinese(inEnglish) : chinese,
                inEnglish,
                script,
                direction(script),
                ResourceClass.of(iso3),
                Optional.empty(),
                Optional.empty());
    }

    /** A tag as short as it can be, of a language known here or not. */
    public static String shortest(String tag) {
        String key = LanguageTags.key(tag);
        Optional<String> alias = LanguageTags.alias(key);
        if (alias.isPresent() || !key.contains("-")) {
            return alias.orElse(key);
        }
        return LanguageTags.minimal(LanguageTags.canonical(key));
    }

    private static Language.Direction direction(String script) {
        return UScript.isRightToLeft(UScript.getCodeFromName(script))
                ? Language.Direction.RIGHT_TO_LEFT
                : Language.Direction.LEFT_TO_RIGHT;
    }

    /** How Chinese calls a language that it has no name for: {@code Kaonde语}, {@code Mon语（Burmese）}. */
    private static String inChinese(String english) {
        int bracket = english.indexOf(" (");
        return bracket < 0
                ? english + "语"
                : english.substring(0, bracket) + "语（" + english.substring(bracket + 2).replace(')', '）');
    }

    private static String withScript(String tag, String english) {
        String script = ULocale.forLanguageTag(tag).getScript();
        return script.isEmpty() ? english : english + " (" + LanguageTags.scriptName(script, ULocale.ENGLISH) + ")";
    }

    private String near(String codeOrName) {
        String key = LanguageTags.key(codeOrName);
        String start = key.substring(0, Math.min(3, key.length()));
        List<String> near = new ArrayList<>();
        for (Language language : byTag.values()) {
            if (LanguageTags.key(language.english()).startsWith(start) && near.size() < 3) {
                near.add(language.tag() + " (" + language.english() + ")");
            }
        }
        return near.isEmpty() || start.length() < 3 ? "" : "; did you mean " + String.join(", ", near) + "?";
    }

    /** Every code of three letters that stands for a language of its own and has an English name. */
    private static Set<String> named() {
        Set<String> named = new TreeSet<>();
        char[] code = new char[3];
        for (int i = 0; i < 26 * 26 * 26; i++) {
            code[0] = (char) ('a' + i / 676);
            code[1] = (char) ('a' + i / 26 % 26);
            code[2] = (char) ('a' + i % 26);
            String text = new String(code);
            String shortest = new ULocale(text).getLanguage();
            String english = LanguageTags.nameOf(shortest, ULocale.ENGLISH);
            if (english != null
                    && !english.endsWith("Sign Language")
                    && !NO_LANGUAGE.contains(shortest)
                    && LanguageTags.alias(shortest).isEmpty()
                    && LanguageTags.isItsOwn(text)) {
                named.add(shortest);
            }
        }
        return named;
    }

    /** The tag of a Flores code. */
    private static String tagOf(String key) {
        Optional<String> whole = LanguageTags.alias(key);
        if (whole.isPresent()) {
            return LanguageTags.minimal(ULocale.forLanguageTag(whole.get()));
        }
        String first = key.substring(0, key.indexOf('-'));
        String known = LanguageTags.alias(first)
                .orElseGet(() -> LanguageTags.isItsOwn(first) ? new ULocale(first).getLanguage() : first);
        return LanguageTags.minimal(ULocale.forLanguageTag(known + key.substring(key.indexOf('-'))));
    }

    private static Optional<Language> describe(String tag, FloresCodes.Row flores, String own) {
        ULocale locale = ULocale.forLanguageTag(tag);
        Optional<FloresCodes.Row> codes = Optional.ofNullable(flores);
        Optional<String> given = codes.flatMap(FloresCodes.Row::english);
        String english = given.orElseGet(() -> LanguageTags.nameOf(tag, ULocale.ENGLISH));
        String iso3 = locale.getISO3Language().isEmpty() ? locale.getLanguage() : locale.getISO3Language();
        if (english == null || iso3.length() != 3) {
            return Optional.empty();
        }
        // Where CLDR files it under a wider language, its Chinese name would be the wider one's.
        String chinese = given.isEmpty() || english.equals(LanguageTags.nameOf(tag, ULocale.ENGLISH))
                ? LanguageTags.nameOf(tag, ULocale.CHINESE)
                : null;
        String likely = ULocale.addLikelySubtags(locale).getScript();
        String given200 = codes.map(row -> row.flores200().substring(4)).orElse("Zyyy");
        String script = likely.isEmpty() ? given200 : likely;
        return Optional.of(new Language(
                tag,
                iso3,
                english,
                chinese == null ? inChinese(english) : chinese,
                own == null ? english : own,
                script,
                direction(script),
                ResourceClass.of(iso3),
                codes.map(FloresCodes.Row::flores200),
                codes.flatMap(FloresCodes.Row::flores101)));
    }

    private static Map<String, Language> codes(Collection<Language> languages) {
        Map<String, Language> codes = new LinkedHashMap<>();
        for (Language language : languages) {
            codes.put(LanguageTags.key(language.tag()), language);
        }
        for (Language language : languages) {
            String iso1 = ULocale.forLanguageTag(language.tag()).getLanguage();
            boolean usualScript = !language.tag().contains("-");
            codes.putIfAbsent(LanguageTags.key(iso1 + "-" + language.script()), language);
            codes.putIfAbsent(LanguageTags.key(language.iso3() + "-" + language.script()), language);
            language.flores200().ifPresent(code -> codes.putIfAbsent(LanguageTags.key(code), language));
            language.flores101().ifPresent(code -> codes.putIfAbsent(LanguageTags.key(code), language));
            if (usualScript) {
                codes.putIfAbsent(LanguageTags.key(language.iso3()), language);
            }
        }
        return codes;
    }

    private static Map<String, Language> names(Collection<Language> languages) {
        Map<String, Language> names = new LinkedHashMap<>();
        for (Language language : languages) {
            names.putIfAbsent(LanguageTags.key(language.english()), language);
            names.putIfAbsent(LanguageTags.key(language.chinese()), language);
        }
        for (Language language : languages) {
            names.putIfAbsent(LanguageTags.key(language.own()), language);
        }
        return names;
    }
}

package org.bayling.evaluation.language;

import com.github.pemistahl.lingua.api.IsoCode639_1;
import com.github.pemistahl.lingua.api.Language;
import com.github.pemistahl.lingua.api.LanguageDetector;
import com.github.pemistahl.lingua.api.LanguageDetectorBuilder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells texts by their script, and then by which language of that script has such sequences of letters most often
 * (Lingua; half a millisecond a sentence). For the many languages of Latin script only sequences of three letters are
 * looked at, which keeps it to about 60 MiB, but asks for longer sentences. Shorter ones are not told.
 */
final class LetterStatistics implements LanguageIdentifier {
    private static final int MANY_LANGUAGES = 12;
    private static final int FEWEST_LETTERS = 15;
    private static final int FEWEST_LETTERS_OF_MANY = 30;
    private static final int FEWEST_IDEOGRAPHS = 5;

    private final Set<Language> languages;
    private final ScriptCheck script;
    private final int fewestLetters;
    private final Optional<LanguageDetector> detector;

    private LetterStatistics(
            Set<Language> languages, ScriptCheck script, int fewestLetters, Optional<LanguageDetector> detector) {
        this.languages = languages;
        this.script = script;
        this.fewestLetters = fewestLetters;
        this.detector = detector;
    }

    static LetterStatistics of(Set<Language> languages, ScriptCheck script) {
        Language[] rivals = Arrays.stream(Language.values())
                .filter(language -> language != Language.UNKNOWN)
                .filter(language -> ScriptCheck.of(code(language)).shares(script))
                .toArray(Language[]::new);
        if (rivals.length < 2) {
            return new LetterStatistics(languages, script, 1, Optional.empty());
        }
        LanguageDetectorBuilder builder = LanguageDetectorBuilder.fromLanguages(rivals);
        boolean many = rivals.length > MANY_LANGUAGES;
        int fewest = many ? FEWEST_LETTERS_OF_MANY : FEWEST_LETTERS;
        if (languages.contains(Language.CHINESE) || languages.contains(Language.JAPANESE)) {
            fewest = FEWEST_IDEOGRAPHS;
        }
        LanguageDetector detector = (many ? builder.withLowAccuracyMode() : builder).build();
        return new LetterStatistics(languages, script, fewest, Optional.of(detector));
    }

    private static String code(Language language) {
        return language.getIsoCode639_1().toString().toLowerCase(Locale.ROOT);
    }

    /** The languages of a code, ISO 639-1; none where they are not known, both written forms of Norwegian's. */
    static Set<Language> languages(String code) {
        if (code.equals("no")) {
            return EnumSet.of(Language.BOKMAL, Language.NYNORSK);
        }
        return Arrays.stream(IsoCode639_1.values())
                .filter(known -> known != IsoCode639_1.NONE
                        && known.toString().toLowerCase(Locale.ROOT).equals(code))
                .map(Language::getByIsoCode639_1)
                .findFirst()
                .<Set<Language>>map(EnumSet::of)
                .orElse(EnumSet.noneOf(Language.class));
    }

    @Override
    public Verdict judge(String text) {
        Verdict byScript = script.judge(text);
        if (byScript != Verdict.RIGHT) {
            return byScript;
        }
        if (detector.isEmpty()) {
            return Verdict.RIGHT;
        }
        if (ScriptCheck.letters(text) < fewestLetters) {
            return Verdict.UNKNOWN;
        }
        Language found = detector.get().detectLanguageOf(text);
        if (found == Language.UNKNOWN) {
            return Verdict.UNKNOWN;
        }
        return languages.contains(found) ? Verdict.RIGHT : Verdict.WRONG;
    }

    @Override
    public String method() {
        return "letter statistics";
    }
}

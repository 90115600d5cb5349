package org.bayling.corpus.quality;

import com.github.pemistahl.lingua.api.IsoCode639_1;
import com.github.pemistahl.lingua.api.Language;
import com.github.pemistahl.lingua.api.LanguageDetector;
import com.github.pemistahl.lingua.api.LanguageDetectorBuilder;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.ULocale;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.source.SourceItem;

/**
 * Text that is in another language than it says. Where Lingua knows the language, its statistics of three letters in a
 * row decide between the language, the pivots and the item's other side; where it does not, the script does. The reason
 * names which of them decided. Only the models of languages that occur are loaded, each once for the whole process.
 */
final class LanguageIdentification implements QualityFilter {
    static final String NAME = "language-id";

    /** So much of a text is looked at: more does not make the answer surer, but slower. */
    private static final int LOOK = 240;

    private static final Map<String, Language> COVERED = covered();

    private final int fewestLetters;
    private final double margin;
    private final LanguageRegistry registry;
    private final Map<Set<Language>, LanguageDetector> detectors = new ConcurrentHashMap<>();
    private final Map<String, BitSet> scripts = new ConcurrentHashMap<>();

    LanguageIdentification(int fewestLetters, double margin, LanguageRegistry registry) {
        this.fewestLetters = fewestLetters;
        this.margin = margin;
        this.registry = registry;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(SourceItem item) {
        if (!Side.isRunningText(item)) {
            return Verdict.KEEP;
        }
        List<Side> sides = Side.of(item);
        for (Side side : sides) {
            String found = fault(side, sides);
            if (!found.isEmpty()) {
                return new Verdict.Drop(NAME, found, item instanceof SourceItem.Parallel ? side.language() : "");
            }
        }
        return Verdict.KEEP;
    }

    private String fault(Side side, List<Side> sides) {
        if (LengthRatio.width(side.text()) < fewestLetters) {
            return "";
        }
        Optional<Language> claimed = lingua(side.language());
        return claimed.isPresent() ? byLetters(side, claimed.get(), sides) : byScript(side);
    }

    private String byLetters(Side side, Language claimed, List<Side> sides) {
        EnumSet<Language> candidates = EnumSet.of(claimed, Language.ENGLISH, Language.CHINESE);
        if (sides.size() == 2) {
            sides.forEach(other -> lingua(other.language()).ifPresent(candidates::add));
        }
        LanguageDetector detector = detectors.computeIfAbsent(Set.copyOf(candidates), LanguageIdentification::detector);
        SortedMap<Language, Double> found = detector.computeLanguageConfidenceValues(beginning(side.text()));
        if (found.isEmpty()) {
            return "";
        }
        Language likeliest = found.firstKey();
        double lead = found.get(likeliest) - found.getOrDefault(claimed, 0.0);
        return likeliest == claimed || lead < margin
                ? ""
                : String.format(
                        Locale.ROOT,
                        "Lingua: %s rather than %s by %.2f",
                        likeliest.getIsoCode639_1(),
                        side.language(),
                        lead);
    }

    private String byScript(Side side) {
        BitSet expected = scripts.computeIfAbsent(side.language(), tag -> Scripts.of(tag, registry));
        double share = expected.isEmpty() ? 1 : ScriptMismatch.share(side.text(), expected);
        return share >= 0.5
                ? ""
                : String.format(
                        Locale.ROOT, "script: %.0f %% of letters in the script of %s", 100 * share, side.language());
    }

    private static LanguageDetector detector(Set<Language> candidates) {
        return LanguageDetectorBuilder.fromLanguages(candidates.toArray(Language[]::new))
                .withLowAccuracyMode()
                .build();
    }

    /** Lingua's language of a tag; none for tags in another script than Lingua learnt the language in. */
    private Optional<Language> lingua(String tag) {
        ULocale locale = ULocale.forLanguageTag(tag);
        String usual = ULocale.addLikelySubtags(new ULocale(locale.getLanguage())).getScript();
        boolean other = !locale.getScript().isEmpty() && !locale.getScript().equals(usual);
        boolean han = UScript.getCodeFromName(locale.getScript()) == UScript.TRADITIONAL_HAN;
        return other && !han ? Optional.empty() : Optional.ofNullable(COVERED.get(locale.getLanguage()));
    }

    private static String beginning(String text) {
        if (text.length() <= LOOK) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(LOOK - 1)) ? LOOK - 1 : LOOK);
    }

    private static Map<String, Language> covered() {
        Map<String, Language> covered = new HashMap<>();
        for (IsoCode639_1 code : IsoCode639_1.values()) {
            if (code != IsoCode639_1.NONE) {
                covered.put(code.toString().toLowerCase(Locale.ROOT), Language.getByIsoCode639_1(code));
            }
        }
        covered.put("fil", Language.TAGALOG);
        return Map.copyOf(covered);
    }
}

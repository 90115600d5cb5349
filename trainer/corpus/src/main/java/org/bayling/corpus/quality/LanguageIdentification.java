package org.bayling.corpus.quality;

import com.github.pemistahl.lingua.api.IsoCode639_1;
import com.github.pemistahl.lingua.api.Language;
import com.github.pemistahl.lingua.api.LanguageDetector;
import com.github.pemistahl.lingua.api.LanguageDetectorBuilder;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
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
 * Text that is in another language than it says. The rivals of a language are the pivots, the item's other side, and
 * the most widespread language of each script (English, Russian, Arabic, Hindi, Chinese). Where Lingua knows the
 * language and a rival of the same script, its statistics of three letters in a row decide between them; else the
 * script does. The reason names which of them decided. Only models of languages that occur are loaded, each once for
 * the whole process (about a megabyte each).
 *
 * <p>Instructions may hold code and other languages: for them a tenth of the usual share of letters in the script is
 * enough.
 */
final class LanguageIdentification implements QualityFilter {
    static final String NAME = "language-id";

    /** So much of a text is looked at: more does not make the answer surer, but slower. */
    private static final int LOOK = 160;

    private static final List<String> WIDESPREAD = List.of("en", "ru", "ar", "hi", "zh");

    private static final Map<String, Language> COVERED = covered();

    private final int fewestLetters;
    private final double margin;
    private final double leastShare;
    private final LanguageRegistry registry;
    private final Map<Set<Language>, LanguageDetector> detectors = new ConcurrentHashMap<>();
    private final Map<String, BitSet> scripts = new ConcurrentHashMap<>();

    LanguageIdentification(int fewestLetters, double margin, double leastShare, LanguageRegistry registry) {
        this.fewestLetters = fewestLetters;
        this.margin = margin;
        this.leastShare = leastShare;
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
            String found = fault(side, sides, item instanceof SourceItem.Instruction ? leastShare / 10 : leastShare);
            if (!found.isEmpty()) {
                return new Verdict.Drop(NAME, found, item instanceof SourceItem.Parallel ? side.language() : "");
            }
        }
        return Verdict.KEEP;
    }

    private String fault(Side side, List<Side> sides, double least) {
        if (LengthRatio.width(side.text()) < fewestLetters) {
            return "";
        }
        Optional<Language> claimed = lingua(side.language());
        if (claimed.isEmpty()) {
            return byScript(side, least);
        }
        Set<Language> candidates = candidates(side, sides);
        candidates.add(claimed.get());
        return candidates.size() > 1 ? byLetters(side, Set.copyOf(candidates), claimed.get()) : byScript(side, least);
    }

    private String byLetters(Side side, Set<Language> candidates, Language claimed) {
        LanguageDetector detector = detectors.computeIfAbsent(candidates, LanguageIdentification::detector);
        SortedMap<Language, Double> found = detector.computeLanguageConfidenceValues(beginning(side.text()));
        if (found.isEmpty()) {
            return "";
        }
        Language likeliest = found.firstKey();
        double lead = found.get(likeliest) - found.getOrDefault(claimed, 0.0);
        return likeliest == claimed || lead < margin
                ? ""
                : String.format(
                        Locale.ROOT, "Lingua: %s rather than %s by %.2f", tag(likeliest), side.language(), lead);
    }

    /** What Lingua knows of a side's language and its rivals in the same script. */
    private Set<Language> candidates(Side side, List<Side> sides) {
        BitSet own = scripts(side.language());
        Set<Language> candidates = EnumSet.noneOf(Language.class);
        for (String rival : rivals(sides)) {
            if (scripts(rival).intersects(own)) {
                lingua(rival).ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private static List<String> rivals(List<Side> sides) {
        List<String> rivals = new ArrayList<>(WIDESPREAD);
        if (sides.size() == 2) {
            sides.forEach(side -> rivals.add(side.language()));
        }
        return rivals;
    }

    private BitSet scripts(String tag) {
        return scripts.computeIfAbsent(tag, missing -> Scripts.of(missing, registry));
    }

    private static String tag(Language language) {
        return language.getIsoCode639_1().toString().toLowerCase(Locale.ROOT);
    }

    private String byScript(Side side, double least) {
        BitSet expected = scripts(side.language());
        double share = expected.isEmpty() ? 1 : ScriptMismatch.share(side.text(), expected);
        return share >= least
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
        String usual =
                ULocale.addLikelySubtags(new ULocale(locale.getLanguage())).getScript();
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

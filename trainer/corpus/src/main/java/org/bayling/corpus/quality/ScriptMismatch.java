package org.bayling.corpus.quality;

import com.ibm.icu.lang.UScript;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.source.SourceItem;

/**
 * Text most of whose letters are not in the script of its language: a swapped side, a transliteration, the pivot left
 * as it was. Languages without a known script pass.
 */
final class ScriptMismatch implements QualityFilter {
    static final String NAME = "script-mismatch";
    private static final int FEWEST_LETTERS = 6;

    private final double least;
    private final LanguageRegistry registry;
    private final Map<String, BitSet> scripts = new ConcurrentHashMap<>();

    ScriptMismatch(double least, LanguageRegistry registry) {
        this.least = least;
        this.registry = registry;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(SourceItem item) {
        // A name may well be written in another script, and an instruction may ask for a translation or for code.
        if (!Side.isRunningText(item) || item instanceof SourceItem.Instruction) {
            return Verdict.KEEP;
        }
        for (Side side : Side.of(item)) {
            BitSet expected = scripts.computeIfAbsent(side.language(), tag -> Scripts.of(tag, registry));
            double share = expected.isEmpty() ? 1 : share(side.text(), expected);
            if (share < least) {
                String reason = String.format(
                        Locale.ROOT, "%.0f %% of letters in the script of %s", 100 * share, side.language());
                return new Verdict.Drop(NAME, reason, item instanceof SourceItem.Parallel ? side.language() : "");
            }
        }
        return Verdict.KEEP;
    }

    /** Share of letters in some scripts; 1 where there are hardly any letters. */
    static double share(String text, BitSet scripts) {
        int letters = 0;
        int right = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetter(c)) {
                int script = c < 0x80 ? UScript.LATIN : UScript.getScript(c);
                boolean counts = script != UScript.COMMON && script != UScript.INHERITED;
                letters += counts ? 1 : 0;
                right += counts && scripts.get(script) ? 1 : 0;
            }
        }
        return letters < FEWEST_LETTERS ? 1 : (double) right / letters;
    }
}

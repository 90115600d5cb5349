package org.bayling.evaluation.language;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.ULocale;
import java.util.BitSet;

/** Tells texts by their script alone: right are all languages that are written in it. */
final class ScriptCheck implements LanguageIdentifier {
    private final BitSet scripts;

    private ScriptCheck(BitSet scripts) {
        this.scripts = scripts;
    }

    static ScriptCheck of(String code) {
        ULocale locale = LanguageIdentifier.locale(code);
        BitSet scripts = new BitSet();
        int[] known = UScript.getCode(locale.getScript().isEmpty() ? ULocale.addLikelySubtags(locale) : locale);
        for (int script : known == null ? new int[0] : known) {
            // Simplified and traditional are one script to the characters.
            boolean han = script == UScript.SIMPLIFIED_HAN || script == UScript.TRADITIONAL_HAN;
            scripts.set(han ? UScript.HAN : script);
        }
        return new ScriptCheck(scripts);
    }

    @Override
    public Verdict judge(String text) {
        int letters = letters(text);
        if (letters == 0 || scripts.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        long ours = text.codePoints()
                .filter(UCharacter::isLetter)
                .filter(c -> scripts.get(UScript.getScript(c)))
                .count();
        return 2 * ours > letters ? Verdict.RIGHT : Verdict.WRONG;
    }

    /** Whether a language can be written in one of the same scripts. */
    boolean shares(ScriptCheck other) {
        return scripts.intersects(other.scripts);
    }

    /** Letters in a text. */
    static int letters(String text) {
        return (int) text.codePoints().filter(UCharacter::isLetter).count();
    }

    @Override
    public String method() {
        return "script only";
    }
}

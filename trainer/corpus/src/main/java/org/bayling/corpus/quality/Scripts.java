package org.bayling.corpus.quality;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.ULocale;
import java.util.BitSet;
import java.util.Optional;
import org.bayling.corpus.LanguageRegistry;

/** Scripts of characters and languages. */
final class Scripts {
    private static final int LETTERS_AND_MARKS = 1 << Character.UPPERCASE_LETTER
            | 1 << Character.LOWERCASE_LETTER
            | 1 << Character.TITLECASE_LETTER
            | 1 << Character.MODIFIER_LETTER
            | 1 << Character.OTHER_LETTER
            | 1 << Character.NON_SPACING_MARK
            | 1 << Character.COMBINING_SPACING_MARK
            | 1 << Character.ENCLOSING_MARK;

    private Scripts() {}

    static boolean isLetterOrMark(int c) {
        return (LETTERS_AND_MARKS >> Character.getType(c) & 1) != 0;
    }

    /**
     * The scripts a language is written in, as ICU numbers; none where nothing is known about it. A script in the tag
     * decides; Chinese, Japanese and Korean have several.
     */
    static BitSet of(String tag, LanguageRegistry registry) {
        ULocale locale = ULocale.forLanguageTag(tag);
        String name = locale.getScript();
        if (name.isEmpty()) {
            Optional<String> known = registry.find(tag).map(language -> language.script());
            name = known.orElseGet(() -> ULocale.addLikelySubtags(locale).getScript());
        }
        BitSet scripts = new BitSet();
        int[] codes = name.isEmpty() ? null : UScript.getCode(name);
        if (codes == null) {
            return scripts;
        }
        for (int code : codes) {
            add(scripts, code);
        }
        return scripts;
    }

    private static void add(BitSet scripts, int code) {
        switch (code) {
            case UScript.SIMPLIFIED_HAN, UScript.TRADITIONAL_HAN -> set(scripts, UScript.HAN, UScript.BOPOMOFO);
            case UScript.JAPANESE -> set(scripts, UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA);
            case UScript.KOREAN -> set(scripts, UScript.HANGUL, UScript.HAN);
            case UScript.INHERITED, UScript.COMMON, UScript.UNKNOWN -> {}
            default -> scripts.set(code);
        }
    }

    private static void set(BitSet scripts, int... codes) {
        for (int code : codes) {
            scripts.set(code);
        }
    }
}

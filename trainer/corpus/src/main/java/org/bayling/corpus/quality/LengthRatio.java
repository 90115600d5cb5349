package org.bayling.corpus.quality;

import com.ibm.icu.lang.UScript;
import java.util.Locale;
import java.util.Optional;
import org.bayling.corpus.source.SourceItem;

/**
 * Sides much longer or shorter than the pivot's. Lengths are widths: a Han character and a kana count three, a Hangul
 * syllable two, marks nothing, all else one, so that languages can be compared; ten are added to both, so that short
 * sentences may differ more.
 */
final class LengthRatio implements QualityFilter {
    static final String NAME = "length-ratio";
    private static final int ALLOWANCE = 10;

    private final double most;

    LengthRatio(double most) {
        this.most = most;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(SourceItem item) {
        if (!(item instanceof SourceItem.Parallel parallel) || !Side.isRunningText(item)) {
            return Verdict.KEEP;
        }
        Optional<String> pivot = Pivots.reference(parallel.texts());
        if (pivot.isEmpty()) {
            return Verdict.KEEP;
        }
        int expected = width(parallel.texts().get(pivot.get()));
        for (Side side : Side.of(item)) {
            int found = width(side.text());
            double ratio = (double) (Math.max(expected, found) + ALLOWANCE) / (Math.min(expected, found) + ALLOWANCE);
            if (ratio > most) {
                return new Verdict.Drop(
                        NAME,
                        String.format(
                                Locale.ROOT,
                                "%s is %d wide, %s %d: ratio %.1f, more than %.1f",
                                side.language(),
                                found,
                                pivot.get(),
                                expected,
                                ratio,
                                most),
                        side.language());
            }
        }
        return Verdict.KEEP;
    }

    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            width += c < 0x300 ? 1 : wide(c);
        }
        return width;
    }

    private static int wide(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return switch (UScript.getScript(c)) {
            case UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA, UScript.YI -> 3;
            case UScript.HANGUL -> 2;
            default -> 1;
        };
    }
}

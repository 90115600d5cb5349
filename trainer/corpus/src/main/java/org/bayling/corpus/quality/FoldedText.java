package org.bayling.corpus.quality;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import java.util.Arrays;

/**
 * A text without what two copies of it may differ in: NFKC, case folded, invisible characters and punctuation left out,
 * cut into tokens. A token is a word; in scripts that write no spaces, one character. Immutable.
 *
 * <p>A token belongs to a stream: words, ideographs (Han, kana, Yi), or letters of other scripts without spaces (Thai,
 * Lao, Khmer, Myanmar, Tibetan, ...). A quotation gives the same stretch of each stream, whatever stands around it.
 */
final class FoldedText {
    static final int WORDS = 0;
    static final int IDEOGRAPHS = 1;
    static final int LETTERS = 2;
    static final int STREAMS = 3;

    private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();

    private final String folded;
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private byte[] streams = new byte[32];
    private boolean[] breaks = new boolean[32];
    private int size;

    private FoldedText(String folded) {
        this.folded = folded;
    }

    static FoldedText of(String text) {
        FoldedText result = new FoldedText(FOLD.normalize(text));
        result.cut();
        return result;
    }

    /** Number of tokens. */
    int size() {
        return size;
    }

    String token(int index) {
        return folded.substring(starts[index], ends[index]);
    }

    /** {@link #WORDS}, {@link #IDEOGRAPHS} or {@link #LETTERS}. */
    int stream(int index) {
        return streams[index];
    }

    /** Whether something other than a space between words stands before the token, or nothing at all. */
    boolean breaksBefore(int index) {
        return breaks[index];
    }

    /** Characters of a token, in UTF-16. */
    int length(int index) {
        return ends[index] - starts[index];
    }

    /** 64 bits that stand for the token. */
    long hash(int index) {
        return Hashing.text(folded, starts[index], ends[index]);
    }

    /** The tokens with one space between words, none between the characters of the other streams. */
    String plain() {
        StringBuilder plain = new StringBuilder(folded.length());
        for (int i = 0; i < size; i++) {
            if (i > 0 && (streams[i] == WORDS || streams[i - 1] == WORDS)) {
                plain.append(' ');
            }
            plain.append(folded, starts[i], ends[i]);
        }
        return plain.toString();
    }

    private void cut() {
        boolean inWord = false;
        boolean breakNext = true;
        for (int i = 0; i < folded.length(); ) {
            int c = folded.codePointAt(i);
            int next = i + Character.charCount(c);
            int stream = streamOf(c, inWord);
            if (stream < 0) {
                breakNext |= c != ' ' || size == 0 || streams[size - 1] != WORDS;
                inWord = false;
            } else if (stream == WORDS && inWord) {
                ends[size - 1] = next;
            } else {
                boolean changed = size > 0 && streams[size - 1] != stream;
                add(i, next, stream, breakNext || changed);
                breakNext = false;
                inWord = stream == WORDS;
            }
            i = next;
        }
    }

    private void add(int start, int end, int stream, boolean breaks) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            streams = Arrays.copyOf(streams, 2 * size);
            this.breaks = Arrays.copyOf(this.breaks, 2 * size);
        }
        starts[size] = start;
        ends[size] = end;
        streams[size] = (byte) stream;
        this.breaks[size] = breaks;
        size++;
    }

    /** The stream of a character; -1 for what is no letter, mark or digit. */
    private int streamOf(int c, boolean inWord) {
        if (c < 0x0E00) {
            return Character.isLetterOrDigit(c) || Scripts.isLetterOrMark(c) ? WORDS : -1;
        }
        if (!Character.isLetterOrDigit(c) && !Scripts.isLetterOrMark(c)) {
            return -1;
        }
        return switch (UScript.getScript(c)) {
            case UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA, UScript.BOPOMOFO, UScript.YI -> IDEOGRAPHS;
            case UScript.THAI,
                    UScript.LAO,
                    UScript.KHMER,
                    UScript.MYANMAR,
                    UScript.TIBETAN,
                    UScript.JAVANESE,
                    UScript.BALINESE,
                    UScript.LANNA,
                    UScript.NEW_TAI_LUE,
                    UScript.TAI_LE,
                    UScript.TAI_VIET,
                    UScript.CHAM -> LETTERS;
            case UScript.COMMON, UScript.INHERITED -> inWord || size == 0 ? WORDS : streams[size - 1];
            default -> WORDS;
        };
    }
}

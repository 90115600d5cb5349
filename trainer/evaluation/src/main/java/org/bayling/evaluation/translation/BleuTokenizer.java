package org.bayling.evaluation.translation;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How BLEU cuts a line into tokens, as sacreBLEU's tokenizers of the same names do. Safe for use by several threads.
 *
 * <p>Character categories are those of ICU's Unicode version, so that a score does not depend on the JDK.
 */
public final class BleuTokenizer {

    /** mteval-v13a of WMT, sacreBLEU's default. */
    public static final BleuTokenizer V13A = new BleuTokenizer("13a", BleuTokenizer::v13a);
    /** Chinese characters and what else stands in their blocks alone, the rest as in 13a. */
    public static final BleuTokenizer ZH = new BleuTokenizer("zh", BleuTokenizer::zh);
    /** mteval-v14, international: at punctuation and symbols of Unicode. */
    public static final BleuTokenizer INTL = new BleuTokenizer("intl", BleuTokenizer::intl);
    /** Characters. */
    public static final BleuTokenizer CHAR = new BleuTokenizer("char", (line, buffer) -> {
        buffer.set(line);
        buffer.spread();
    });
    /** White space as it is. */
    public static final BleuTokenizer NONE = new BleuTokenizer("none", (line, buffer) -> buffer.set(line));

    /** Names of sacreBLEU's tokenizers that need a SentencePiece model. */
    public static final List<String> SENTENCE_PIECE = List.of("spm", "flores101", "flores200", "spBLEU-1K");

    private static final Map<String, BleuTokenizer> PLAIN =
            Map.of("13a", V13A, "zh", ZH, "intl", INTL, "char", CHAR, "none", NONE);

    /** Leaves a line in the buffer, with white space between its tokens. */
    private interface Cut {
        void apply(String line, TextBuffer buffer);
    }

    private final String signature;
    private final Cut cut;

    private BleuTokenizer(String signature, Cut cut) {
        this.signature = signature;
        this.cut = cut;
    }

    /** The one of this name, where it needs no files. */
    public static Optional<BleuTokenizer> named(String name) {
        return Optional.ofNullable(PLAIN.get(name));
    }

    /**
     * A tokenizer made elsewhere.
     *
     * @param signature its name in signatures
     * @param pieces from a line to its tokens, with spaces between them; called by several threads
     */
    public static BleuTokenizer of(String signature, UnaryOperator<String> pieces) {
        return new BleuTokenizer(signature, (line, buffer) -> buffer.set(pieces.apply(line)));
    }

    /** What sacreBLEU takes for a language where none is asked for: zh, ja-mecab, ko-mecab, or else 13a. */
    public static String defaultFor(String language) {
        return switch (language) {
            case "zh" -> "zh";
            case "ja" -> "ja-mecab";
            case "ko" -> "ko-mecab";
            default -> "13a";
        };
    }

    /** The name in signatures. */
    public String signature() {
        return signature;
    }

    /** The tokens of a line, with one space between them. */
    public String tokenize(String line) {
        TextBuffer buffer = new TextBuffer();
        cut.apply(line, buffer);
        return buffer.toString();
    }

    void tokenize(String line, TextBuffer buffer) {
        cut.apply(line, buffer);
    }

    private static void v13a(String line, TextBuffer buffer) {
        String joined = line.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
        buffer.set(WesternRules.unescape(joined));
        buffer.pad();
        WesternRules.apply(buffer);
    }

    private static void zh(String line, TextBuffer buffer) {
        buffer.set(PythonSpace.strip(line));
        buffer.isolate(BleuTokenizer::isChinese);
        WesternRules.apply(buffer);
    }

    private static void intl(String line, TextBuffer buffer) {
        buffer.set(line);
        buffer.splitOffSecond(c -> !isNumber(c), BleuTokenizer::isPunctuation);
        buffer.splitOffFirst(BleuTokenizer::isPunctuation, c -> !isNumber(c));
        buffer.isolate(BleuTokenizer::isSymbol);
    }

    /**
     * What sacreBLEU takes for a Chinese character: its ranges beyond U+FFFF are written so that they mean U+2001 to
     * U+2A6D and U+2F80 to U+2FA1, so dashes, arrows and box drawings count, and rare characters do not.
     */
    private static boolean isChinese(int c) {
        return c >= 0x2001 && c <= 0x2A6D
                || c >= 0x2E80 && c <= 0x2FDF
                || c >= 0x2FF0 && c <= 0x303F
                || c >= 0x3100 && c <= 0x312F
                || c >= 0x31A0 && c <= 0x31EF
                || c >= 0x3200 && c <= 0x4DB5
                || c >= 0x4E00 && c <= 0x9FBB
                || c >= 0xF900 && c <= 0xFA2D
                || c >= 0xFA30 && c <= 0xFA6A
                || c >= 0xFA70 && c <= 0xFAD9
                || c >= 0xFE10 && c <= 0xFE1F
                || c >= 0xFE30 && c <= 0xFE4F
                || c >= 0xFF00 && c <= 0xFFEF;
    }

    private static boolean isNumber(int c) {
        return switch (UCharacter.getType(c)) {
            case UCharacterCategory.DECIMAL_DIGIT_NUMBER,
                    UCharacterCategory.LETTER_NUMBER,
                    UCharacterCategory.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    private static boolean isPunctuation(int c) {
        return switch (UCharacter.getType(c)) {
            case UCharacterCategory.CONNECTOR_PUNCTUATION,
                    UCharacterCategory.DASH_PUNCTUATION,
                    UCharacterCategory.START_PUNCTUATION,
                    UCharacterCategory.END_PUNCTUATION,
                    UCharacterCategory.INITIAL_PUNCTUATION,
                    UCharacterCategory.FINAL_PUNCTUATION,
                    UCharacterCategory.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isSymbol(int c) {
        return switch (UCharacter.getType(c)) {
            case UCharacterCategory.MATH_SYMBOL,
                    UCharacterCategory.CURRENCY_SYMBOL,
                    UCharacterCategory.MODIFIER_SYMBOL,
                    UCharacterCategory.OTHER_SYMBOL -> true;
            default -> false;
        };
    }
}

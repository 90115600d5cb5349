package org.bayling.corpus.task;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.bayling.corpus.Language;
import org.bayling.numeric.Rng;

/**
 * Words of a text that are worth asking for. Length stands for rarity, as long words are seldom function words: they
 * are drawn from the longer half of all that have at least four letters, or two in scripts that write no spaces.
 */
final class Words {
    /** Scripts whose words ICU finds by dictionary. */
    private static final Set<String> BY_DICTIONARY =
            Set.of("Hans", "Hant", "Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr");

    /** Scripts without spaces between words that ICU has no dictionary for. */
    private static final Set<String> UNKNOWN = Set.of("Tibt", "Lana", "Tavt", "Yiii", "Java", "Bali", "Bugi");

    private static final int LONGEST = 30;
    /** Punctuation that no space stands before. */
    private static final String CLOSING = ".,;:!?)]}”’»。，；：！？）、।။።؟،؛";

    private Words() {}

    /** A word and where it begins. */
    record Word(String text, int start) {
        int end() {
            return start + text.length();
        }
    }

    /** True for scripts that put no space between sentences. */
    static boolean writtenWithoutSpaces(Language language) {
        return BY_DICTIONARY.contains(language.script()) || UNKNOWN.contains(language.script());
    }

    /** All words that could be asked for, each once, in the order of the text. */
    static List<Word> candidates(String text, Language language) {
        if (UNKNOWN.contains(language.script())) {
            return List.of();
        }
        boolean byDictionary = BY_DICTIONARY.contains(language.script());
        List<Word> all = byDictionary ? byDictionary(text, language) : betweenSpaces(text);
        List<Word> words = new ArrayList<>();
        for (Word word : all) {
            int letters = word.text().codePointCount(0, word.text().length());
            boolean fits = letters >= (byDictionary ? 2 : 4) && letters <= LONGEST;
            if (fits && words.stream().noneMatch(other -> other.text().equals(word.text()))) {
                words.add(word);
            }
        }
        return words;
    }

    /** Some of the longer words, in the order of the text; at least one candidate is needed. */
    static List<Word> drawn(List<Word> candidates, int count, long draw) {
        List<Word> longer = new ArrayList<>(candidates);
        longer.sort(Comparator.comparingInt((Word word) -> -word.text().length()).thenComparingInt(Word::start));
        longer = new ArrayList<>(longer.subList(0, Math.max(Math.min(count, longer.size()), (longer.size() + 1) / 2)));
        List<Word> drawn = new ArrayList<>();
        while (drawn.size() < count && !longer.isEmpty()) {
            drawn.add(longer.remove((int) Rng.below(longer.size(), draw, drawn.size())));
        }
        drawn.sort(Comparator.comparingInt(Word::start));
        return drawn;
    }

    /** The text without one word, and without the space that is then too many: before another one or punctuation. */
    static String without(String text, Word word) {
        int start = word.start();
        int end = word.end();
        boolean spaceBefore = start == 0 || text.charAt(start - 1) == ' ';
        if (spaceBefore && end < text.length() && text.charAt(end) == ' ') {
            end++;
        } else if (spaceBefore && start > 0 && end < text.length() && CLOSING.indexOf(text.charAt(end)) >= 0) {
            start--;
        }
        return (text.substring(0, start) + text.substring(end)).strip();
    }

    private static List<Word> betweenSpaces(String text) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            trimmed(text, at, end, words);
            at = end + 1;
        }
        return words;
    }

    /** Punctuation at both ends is not part of a word; what has some inside that is no letter is left alone. */
    private static void trimmed(String text, int from, int to, List<Word> words) {
        int start = from;
        int end = to;
        while (start < end && !isPart(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && !isPart(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        if (start < end && UCharacter.isLetter(text.codePointAt(start))) {
            words.add(new Word(text.substring(start, end), start));
        }
    }

    private static boolean isPart(int codePoint) {
        int type = UCharacter.getType(codePoint);
        return UCharacter.isLetterOrDigit(codePoint)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static List<Word> byDictionary(String text, Language language) {
        List<Word> words = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getWordInstance(ULocale.forLanguageTag(language.tag()));
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            boolean word = breaks.getRuleStatus() >= BreakIterator.WORD_LETTER;
            if (word && UCharacter.isLetter(text.codePointAt(start))) {
                words.add(new Word(text.substring(start, end), start));
            }
            start = end;
        }
        return words;
    }
}

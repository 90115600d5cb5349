package org.bayling.tokenizer.fertility;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bayling.tokenizer.Tokenizer;

/** Counts tokens, words and characters of texts by language. Used by one thread; the tokenizer uses all cores. */
public final class Fertility implements Consumer<FertilityText> {
    private static final int BATCH = 256;

    private final Tokenizer tokenizer;
    private final String reference;
    private final BitSet bytePieces;
    private final SortedMap<Key, Counts> counts = new TreeMap<>();
    private final Map<String, BreakIterator> words = new HashMap<>();
    private final List<FertilityText> waiting = new ArrayList<>();

    private record Key(String language, String document) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byLanguage = language.compareTo(other.language);
            return byLanguage != 0 ? byLanguage : document.compareTo(other.document);
        }
    }

    private static final class Counts {
        private final Map<String, Long> tokensOfUnits = new HashMap<>();
        private long texts;
        private long characters;
        private long words;
        private long tokens;
        private long byteTokens;
    }

    /**
     * @param tokenizer stays the caller's
     * @param reference BCP 47 tag of the language that the others are set in relation to
     */
    public Fertility(Tokenizer tokenizer, String reference) {
        this.tokenizer = tokenizer;
        this.reference = reference;
        this.bytePieces = BytePieces.of(tokenizer);
    }

    /** @throws org.bayling.tokenizer.MalformedTextException when the text, or one before it, holds a lone surrogate */
    @Override
    public void accept(FertilityText text) {
        waiting.add(text);
        if (waiting.size() == BATCH) {
            count();
        }
    }

    /** All counts so far, in the order of languages and documents. */
    public List<FertilityRow> rows() {
        count();
        Map<String, Long> base = counts.entrySet().stream()
                .filter(entry -> entry.getKey().language().equals(reference))
                .findFirst()
                .map(entry -> entry.getValue().tokensOfUnits)
                .orElse(Map.of());
        List<FertilityRow> rows = new ArrayList<>();
        counts.forEach((key, of) -> rows.add(new FertilityRow(
                key.language(),
                key.document(),
                of.texts,
                of.characters,
                of.words,
                of.tokens,
                of.byteTokens,
                relative(of.tokensOfUnits, base))));
        return rows;
    }

    private void count() {
        int[][] ids = tokenizer.encodeOrdinary(
                waiting.stream().map(FertilityText::content).toList());
        for (int i = 0; i < ids.length; i++) {
            count(waiting.get(i), ids[i]);
        }
        waiting.clear();
    }

    private void count(FertilityText text, int[] ids) {
        Counts of = counts.computeIfAbsent(new Key(text.language(), text.document()), key -> new Counts());
        of.texts++;
        of.characters += text.content().codePointCount(0, text.content().length());
        of.words += words(text);
        of.tokens += ids.length;
        for (int id : ids) {
            of.byteTokens += bytePieces.get(id) ? 1 : 0;
        }
        if (!text.unit().isEmpty()) {
            of.tokensOfUnits.merge(text.unit(), (long) ids.length, Long::sum);
        }
    }

    private int words(FertilityText text) {
        BreakIterator breaks = words.computeIfAbsent(
                text.language(), tag -> BreakIterator.getWordInstance(ULocale.forLanguageTag(tag)));
        breaks.setText(text.content());
        int count = 0;
        while (breaks.next() != BreakIterator.DONE) {
            count += breaks.getRuleStatus() >= BreakIterator.WORD_NONE_LIMIT ? 1 : 0;
        }
        return count;
    }

    private static OptionalDouble relative(Map<String, Long> tokens, Map<String, Long> base) {
        long own = 0;
        long theirs = 0;
        for (Map.Entry<String, Long> unit : tokens.entrySet()) {
            if (base.containsKey(unit.getKey())) {
                own += unit.getValue();
                theirs += base.get(unit.getKey());
            }
        }
        return theirs == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) own / theirs);
    }
}

package org.bayling.generate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of the token sequences that an answer must hold it holds already. At most one is under way; it starts anew when
 * another token comes between.
 */
final class ForcedWords {
    private final List<int[]> words;
    private final BitSet met;
    private final int open;
    private final int progress;

    /** Nothing is met yet. */
    ForcedWords(List<int[]> words) {
        this(words, new BitSet(), -1, 0);
    }

    private ForcedWords(List<int[]> words, BitSet met, int open, int progress) {
        this.words = words;
        this.met = met;
        this.open = open;
        this.progress = progress;
    }

    /** Whether there are no words at all. */
    boolean none() {
        return words.isEmpty();
    }

    /** After a further token. */
    ForcedWords with(int id) {
        if (open >= 0 && words.get(open)[progress] == id) {
            return at(open, progress + 1);
        }
        return IntStream.range(0, words.size())
                .filter(word -> !met.get(word) && words.get(word)[0] == id)
                .mapToObj(word -> at(word, 1))
                .findFirst()
                .orElseGet(() -> open < 0 ? this : new ForcedWords(words, met, -1, 0));
    }

    private ForcedWords at(int word, int tokens) {
        if (tokens < words.get(word).length) {
            return new ForcedWords(words, met, word, tokens);
        }
        BitSet more = (BitSet) met.clone();
        more.set(word);
        return new ForcedWords(words, more, -1, 0);
    }

    /** Tokens that bring the answer forward: the next one of the sequence under way, or the first of every other. */
    int[] next() {
        if (open >= 0) {
            return new int[] {words.get(open)[progress]};
        }
        List<Integer> first = new ArrayList<>();
        for (int word = met.nextClearBit(0); word < words.size(); word = met.nextClearBit(word + 1)) {
            first.add(words.get(word)[0]);
        }
        return first.stream().mapToInt(Integer::intValue).distinct().toArray();
    }

    /** Tokens that are missing yet. */
    int missing() {
        int missing = -progress;
        for (int word = met.nextClearBit(0); word < words.size(); word = met.nextClearBit(word + 1)) {
            missing += words.get(word).length;
        }
        return missing;
    }
}

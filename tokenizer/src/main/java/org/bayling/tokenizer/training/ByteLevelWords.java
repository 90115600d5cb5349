package org.bayling.tokenizer.training;

import java.util.Arrays;
import java.util.List;
import org.bayling.tokenizer.WordEncoder;

/**
 * Words as the tokenizer's own pre-tokenizer splits them. Every character is made of bytes, so none is missing; bytes
 * that an old vocabulary lacks are left out or unknown, as when it encodes.
 */
final class ByteLevelWords implements ExistingWords {
    private final WordEncoder encoder;
    private final int unknown;
    private final WordCounts<Ids> counts;

    /**
     * @param encoder owned from now on
     * @param unknown id of the unknown token, which is no part of a piece; -1 for none
     */
    ByteLevelWords(WordEncoder encoder, int unknown, long budget) {
        this.encoder = encoder;
        this.unknown = unknown;
        this.counts = new WordCounts<>(budget);
    }

    @Override
    public void add(String text) {
        for (int[] word : encoder.words(text)) {
            int from = 0;
            for (int to = 0; to <= word.length; to++) {
                boolean end = to == word.length || word[to] == unknown;
                if (end || to - from == LONGEST_WORD) {
                    count(Arrays.copyOfRange(word, from, to));
                    from = end ? to + 1 : to;
                }
            }
        }
    }

    private void count(int[] part) {
        if (part.length > 0) {
            counts.add(new Ids(part), 16 * part.length);
        }
    }

    @Override
    public long forgotten() {
        return counts.forgotten();
    }

    @Override
    public Counted counted() {
        return new Counted(counts.counts(), List.of());
    }

    @Override
    public void close() {
        encoder.close();
    }
}

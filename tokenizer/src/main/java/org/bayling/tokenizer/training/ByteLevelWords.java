package org.bayling.tokenizer.training;

import java.util.Arrays;
import java.util.List;
import org.bayling.tokenizer.WordEncoder;

/** Words as the tokenizer's own pre-tokenizer splits them; every byte is a piece, so none is missing. */
final class ByteLevelWords implements ExistingWords {
    private final WordEncoder encoder;
    private final WordCounts<Ids> counts;

    /** @param encoder owned from now on */
    ByteLevelWords(WordEncoder encoder, long budget) {
        this.encoder = encoder;
        this.counts = new WordCounts<>(budget);
    }

    @Override
    public void add(String text) {
        for (int[] word : encoder.words(text)) {
            for (int from = 0; from < word.length; from += LONGEST_WORD) {
                int[] part = Arrays.copyOfRange(word, from, Math.min(word.length, from + LONGEST_WORD));
                counts.add(new Ids(part), 16 * part.length);
            }
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

package org.bayling.tokenizer.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Counts the words of texts as ids of a vocabulary that is there already. */
sealed interface ExistingWords extends AutoCloseable permits ByteLevelWords, SentencePieceWords {

    /** Pieces of a word that are counted together; longer ones are cut, for they would make every merge slow. */
    int LONGEST_WORD = 1000;

    void add(String text);

    /** Occurrences of words that were forgotten because memory was full. */
    long forgotten();

    /** Everything added so far. */
    Counted counted();

    @Override
    void close();

    /**
     * Words and how often they occur.
     *
     * @param counts ids; those from the size of the vocabulary on are characters that it has no piece for
     * @param missing those characters, in the order of their ids
     */
    record Counted(Map<Ids, Long> counts, List<String> missing) {}

    /** Ids of one word, compared by value. */
    record Ids(int[] ids) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Ids word && Arrays.equals(ids, word.ids);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ids);
        }
    }
}

package org.bayling.generate;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Changes scores by what a sequence holds already: repetition penalty, then no repeated n-grams, as transformers'
 * {@code logits_process.py} does.
 */
record TokenRules(double repetitionPenalty, int noRepeatNgramSize) {
    static TokenRules of(GenerationSettings settings) {
        return new TokenRules(settings.repetitionPenalty(), settings.noRepeatNgramSize());
    }

    /** Changes the scores of sequences, one a row. */
    void apply(Scores scores, List<TokenHistory> sequences) {
        if (repetitionPenalty != 1) {
            scores.penalise(places(scores, sequences, TokenHistory::distinct), repetitionPenalty);
        }
        if (noRepeatNgramSize > 0) {
            scores.forbid(places(scores, sequences, sequence -> sequence.repeating(noRepeatNgramSize)));
        }
    }

    private interface Tokens {
        IntStream of(TokenHistory sequence);
    }

    private static int[] places(Scores scores, List<TokenHistory> sequences, Tokens tokens) {
        return IntStream.range(0, sequences.size())
                .flatMap(row -> tokens.of(sequences.get(row)).map(id -> row * scores.vocabulary() + id))
                .toArray();
    }
}

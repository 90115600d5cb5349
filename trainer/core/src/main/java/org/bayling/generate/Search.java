package org.bayling.generate;

import java.util.List;

/**
 * The answers to one request while they are made. It has a fixed number of rows, each a sequence with a slot of its own
 * in the cache.
 */
sealed interface Search permits IndependentAnswers, BeamSearch {
    /** Whether nothing more is to be computed. */
    boolean ended();

    /** Rows that go on, ascending. */
    int[] openRows();

    /** The newest token of a row, whose keys and values are not in the cache yet. */
    int lastId(int row);

    /** Which row each row continues from: itself, except when beams change over. */
    int[] parents();

    /** Tokens written so far, of all rows. */
    long newTokens();

    /**
     * The answers, the best first.
     *
     * @param timing what is known of the run
     */
    List<GenerationResult> results(Timing timing);

    /**
     * How long an answer took.
     *
     * @param reusedTokens tokens of the prompt that were in the cache already
     */
    record Timing(int reusedTokens, double prefillSeconds, double decodeSeconds) {}
}

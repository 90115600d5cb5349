package org.bayling.generate;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The tokens of a sequence, prompt and answer. */
final class TokenHistory {
    private final int promptTokens;
    private int[] ids;
    private int length;

    TokenHistory(int[] prompt) {
        this(prompt.length, Arrays.copyOf(prompt, prompt.length + 32), prompt.length);
    }

    private TokenHistory(int promptTokens, int[] ids, int length) {
        this.promptTokens = promptTokens;
        this.ids = ids;
        this.length = length;
    }

    /** This sequence with a further token. */
    TokenHistory with(int id) {
        TokenHistory longer = new TokenHistory(promptTokens, Arrays.copyOf(ids, length + 32), length);
        longer.add(id);
        return longer;
    }

    void add(int id) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
        }
        ids[length++] = id;
    }

    int length() {
        return length;
    }

    int promptTokens() {
        return promptTokens;
    }

    /** Tokens behind the prompt. */
    int newTokens() {
        return length - promptTokens;
    }

    int last() {
        return ids[length - 1];
    }

    /** The tokens behind the prompt; a copy. */
    int[] answer() {
        return Arrays.copyOfRange(ids, promptTokens, length);
    }

    /** Each token that occurs, once. */
    IntStream distinct() {
        return Arrays.stream(ids, 0, length).distinct();
    }

    /** Tokens that would complete a sequence of {@code n} tokens that occurs already. */
    IntStream repeating(int n) {
        int[] open = Arrays.copyOfRange(ids, Math.max(0, length - n + 1), length);
        return IntStream.rangeClosed(0, length - n)
                .filter(at -> Arrays.equals(ids, at, at + n - 1, open, 0, open.length))
                .map(at -> ids[at + n - 1]);
    }
}

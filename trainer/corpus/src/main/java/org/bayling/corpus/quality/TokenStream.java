package org.bayling.corpus.quality;

import java.util.Arrays;

/**
 * The tokens of one stream of a text ({@link FoldedText}) with the hash of any stretch of them in constant time
 * (differences of a polynomial modulo 2^64).
 */
final class TokenStream {
    private static final long BASE = 0x9E3779B97F4A7C15L;

    private final int stream;
    private final int size;
    private final int letters;
    private final long[] sums;
    private final long[] powers;
    private final boolean[] breaks;

    TokenStream(FoldedText text, int stream) {
        this.stream = stream;
        long[] sum = new long[text.size() + 1];
        long[] power = new long[text.size() + 1];
        boolean[] breaksAt = new boolean[text.size() + 1];
        power[0] = 1;
        int count = 0;
        int characters = 0;
        boolean breakNext = true;
        for (int i = 0; i < text.size(); i++) {
            breakNext |= text.breaksBefore(i);
            if (text.stream(i) == stream) {
                breaksAt[count] = breakNext;
                breakNext = false;
                sum[count + 1] = sum[count] * BASE + text.hash(i);
                power[count + 1] = power[count] * BASE;
                characters += text.length(i);
                count++;
            }
        }
        breaksAt[count] = true;
        size = count;
        letters = characters;
        sums = Arrays.copyOf(sum, count + 1);
        powers = Arrays.copyOf(power, count + 1);
        breaks = Arrays.copyOf(breaksAt, count + 1);
    }

    int size() {
        return size;
    }

    /** Characters of all tokens, in UTF-16. */
    int letters() {
        return letters;
    }

    /** Whether punctuation, another stream, or the text's beginning or end stands before a token. */
    boolean breaksBefore(int index) {
        return breaks[index];
    }

    /** 64 bits that stand for some tokens in a row. */
    long hash(int start, int end) {
        long value = sums[end] - sums[start] * powers[end - start];
        return Hashing.join(value, (long) stream << 32 | end - start);
    }
}

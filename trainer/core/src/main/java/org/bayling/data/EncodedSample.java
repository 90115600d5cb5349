package org.bayling.data;

import java.util.Arrays;

/**
 * Token ids of one conversation.
 *
 * @param ids [T]
 * @param trained whether the model learns to write this token, [T]
 * @param bytes UTF-8 bytes of text that each token stands for, 0 for control tokens, [T]
 */
public record EncodedSample(int[] ids, boolean[] trained, int[] bytes) {

    public EncodedSample {
        if (ids.length != trained.length || ids.length != bytes.length) {
            throw new IllegalArgumentException(
                    ids.length + " ids, " + trained.length + " flags, " + bytes.length + " byte counts");
        }
    }

    int length() {
        return ids.length;
    }

    /** The first {@code length} tokens. */
    EncodedSample truncated(int length) {
        return new EncodedSample(
                Arrays.copyOf(ids, length), Arrays.copyOf(trained, length), Arrays.copyOf(bytes, length));
    }

    /** Tokens that have a loss: trained, and not the first, which nothing comes before. */
    int trainedTokens() {
        int count = 0;
        for (int t = 1; t < trained.length; t++) {
            count += trained[t] ? 1 : 0;
        }
        return count;
    }

    /** UTF-8 bytes that the tokens with a loss stand for. */
    int trainedBytes() {
        int sum = 0;
        for (int t = 1; t < trained.length; t++) {
            sum += trained[t] ? bytes[t] : 0;
        }
        return sum;
    }
}

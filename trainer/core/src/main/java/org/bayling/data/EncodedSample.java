package org.bayling.data;

import java.util.Arrays;

/**
 * Token ids of one conversation.
 *
 * @param ids [T]
 * @param trained whether the model learns to write this token, [T]
 */
public record EncodedSample(int[] ids, boolean[] trained) {

    public EncodedSample {
        if (ids.length != trained.length) {
            throw new IllegalArgumentException(ids.length + " ids and " + trained.length + " flags");
        }
    }

    int length() {
        return ids.length;
    }

    /** The first {@code length} tokens. */
    EncodedSample truncated(int length) {
        return new EncodedSample(Arrays.copyOf(ids, length), Arrays.copyOf(trained, length));
    }

    /** Tokens that have a loss: trained, and not the first, which nothing comes before. */
    int trainedTokens() {
        int count = 0;
        for (int t = 1; t < trained.length; t++) {
            count += trained[t] ? 1 : 0;
        }
        return count;
    }
}

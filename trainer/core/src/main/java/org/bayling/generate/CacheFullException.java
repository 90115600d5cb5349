package org.bayling.generate;

/** A sequence is longer than its key/value cache may grow. */
public final class CacheFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CacheFullException(long tokens, long most, long bytesPerToken) {
        super("a sequence of " + tokens + " tokens needs " + mebibytes(tokens * bytesPerToken)
                + " MiB of key/value cache, but " + mebibytes(most * bytesPerToken) + " MiB (" + most
                + " tokens) are allowed; shorten the prompt, start a new conversation or allow a larger cache");
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}

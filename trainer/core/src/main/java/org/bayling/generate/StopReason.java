package org.bayling.generate;

/** Why an answer ended. */
public enum StopReason {
    /** The model wrote a token that ends an answer. */
    STOP_TOKEN,
    /** The answer reached one of the stop strings. */
    STOP_STRING,
    /** The answer has as many tokens as were asked for. */
    MAX_NEW_TOKENS,
    /** The key/value cache is full. */
    CONTEXT_FULL,
    /** The listener asked for it. */
    CANCELLED
}

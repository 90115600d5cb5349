package org.bayling.tokenizer.chat;

/** Which stop tokens are trained. */
public enum TrainOnEos {
    /** The one of every trained turn. */
    TURN,
    /** The one of every turn, also of turns that are not trained. */
    ALL,
    /** Only the one of the last trained turn. */
    LAST,
    /** None. */
    NONE
}

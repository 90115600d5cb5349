package org.bayling.evaluation.translation;

/** A segment has so many words that TER's table of it would not fit into memory. */
public final class SegmentTooLongException extends IllegalArgumentException {
    SegmentTooLongException(int hypothesis, int reference) {
        super("an output of " + hypothesis + " words against a reference of " + reference
                + " is too much for TER; are these whole documents on one line? Leave TER out or split them");
    }
}

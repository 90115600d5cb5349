package org.bayling.tokenizer.chat;

/** What one rendering may use. Each limit is far above what real templates need. */
final class Budget {
    /** Steps of one rendering; long texts cost one step per 32 characters each time they are worked on. */
    static final long MAX_STEPS = 4_000_000;
    /** Characters of one string or of the output. */
    static final int MAX_TEXT = 32 << 20;
    /** Elements of one list or range. */
    static final int MAX_LIST = 100_000;
    /** Macro calls inside of each other, and levels of a value that is printed or compared. */
    static final int MAX_DEPTH = 100;

    private long left;
    private int depth;

    Budget() {
        this(MAX_STEPS);
    }

    private Budget(long steps) {
        left = steps;
    }

    /** A small budget, for printing a value into a message. */
    static Budget forMessage() {
        return new Budget(1000);
    }

    void step() {
        spend(1);
    }

    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new ValueException("the template takes more than " + MAX_STEPS + " steps; it is refused");
        }
    }

    void text(long characters) {
        if (characters > MAX_TEXT) {
            throw new ValueException("the template makes a text of more than " + MAX_TEXT + " characters");
        }
        spend(characters / 32 + 1);
    }

    void list(long elements) {
        if (elements > MAX_LIST) {
            throw new ValueException("the template makes a list of more than " + MAX_LIST + " elements");
        }
        spend(elements / 4 + 1);
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new ValueException("the template nests calls or values deeper than " + MAX_DEPTH);
        }
    }

    void leave() {
        depth--;
    }
}

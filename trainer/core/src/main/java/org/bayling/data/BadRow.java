package org.bayling.data;

/**
 * A row that cannot be trained on.
 *
 * @param origin file and line
 * @param reason what kind of fault, for counting
 * @param detail what is wrong and what was expected
 */
public record BadRow(Origin origin, Reason reason, String detail) {

    /** The kinds of fault. */
    public enum Reason {
        NOT_UTF8("not UTF-8"),
        NOT_JSON("not JSON"),
        TOO_LARGE("too large"),
        MISSING_FIELD("missing field"),
        WRONG_TYPE("wrong type"),
        UNKNOWN_ROLE("unknown role"),
        LONE_SURROGATE("lone surrogate"),
        EMPTY_PROMPT("empty prompt"),
        EMPTY_ANSWER("empty answer"),
        NOT_RENDERED("refused by the chat template"),
        TRAINS_NOTHING("trains nothing"),
        OVERLONG("overlong");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** In words, for messages. */
        public String text() {
            return text;
        }
    }

    /** {@code data/zh.jsonl:17: empty answer: ...}. */
    @Override
    public String toString() {
        return origin + ": " + reason.text() + ": " + detail;
    }
}

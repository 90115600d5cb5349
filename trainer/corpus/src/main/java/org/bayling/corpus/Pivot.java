package org.bayling.corpus;

/** The two languages that every other one is tied to. */
public enum Pivot {
    ENGLISH("en"),
    CHINESE("zh");

    private final String tag;

    Pivot(String tag) {
        this.tag = tag;
    }

    /** BCP 47. */
    public String tag() {
        return tag;
    }
}

package org.bayling.corpus.sample;

import java.util.Arrays;

/** The three groups of BayLing 2's mixture. */
public enum Group {
    /** High-resource instructions in Chinese. */
    CHINESE("zh"),
    /** High-resource instructions in English. */
    ENGLISH("en"),
    /** Tasks that tie a language to a pivot. */
    CROSS_LINGUAL("cross-lingual");

    private final String label;

    Group(String label) {
        this.label = label;
    }

    /**
     * The group of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Group of(String label) {
        return Arrays.stream(values())
                .filter(group -> group.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no group is called \"" + label + "\""));
    }

    /** The name in files and reports. */
    public String label() {
        return label;
    }
}

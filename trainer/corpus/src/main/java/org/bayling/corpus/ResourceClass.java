package org.bayling.corpus;

import java.util.Set;

/**
 * How much text of a language the web has: its share of the pages of Common Crawl's crawl CC-MAIN-2026-04 (file
 * {@code plots/languages.csv} of commoncrawl/cc-crawl-statistics), with the first two limits of Lai et al. 2023
 * (arXiv:2304.05613): high above 1 %, medium above 0.1 %; what they divide once more, at 0.01 %, is low here. A language
 * that the crawl does not tell apart counts as low. Latin does too: most of what is found of it is filler text.
 */
public enum ResourceClass {
    /** 1 % of the pages or more. */
    HIGH("high"),
    /** 0.1 % or more. */
    MID("mid"),
    /** Less. */
    LOW("low");

    private static final Set<String> FROM_ONE_PERCENT = Set.of(
            "eng", "rus", "deu", "jpn", "zho", "fra", "spa", "por", "ita", "pol", "nld", "tur", "ind", "ces", "vie");
    private static final Set<String> FROM_A_TENTH = Set.of(
            "kor", "ukr", "swe", "ara", "ell", "ron", "hun", "dan", "slk", "tha", "fin", "nor", "nob", "bul", "heb",
            "srp", "hin", "hrv", "cat", "fas", "lit", "est", "slv", "ben");

    private final String label;

    ResourceClass(String label) {
        this.label = label;
    }

    /** The name in files and reports. */
    public String label() {
        return label;
    }

    /** Class of an ISO 639-3 code; all scripts of a language are of one class. */
    static ResourceClass of(String iso3) {
        if (FROM_ONE_PERCENT.contains(iso3)) {
            return HIGH;
        }
        return FROM_A_TENTH.contains(iso3) ? MID : LOW;
    }
}

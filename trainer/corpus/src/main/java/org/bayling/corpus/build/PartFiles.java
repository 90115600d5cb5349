package org.bayling.corpus.build;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What the steps of a build in parts leave for each other, in {@code DIR.building/parts}: a folder for each content, in it
 * a file for each part.
 */
record PartFiles(Path folder) {
    /** What a folder holds. */
    enum Content {
        /** Items as they were read. */
        ITEMS,
        /** Items that pass each by themselves. */
        JUDGED,
        /** Of each of these, one list of numbers for each filter that compares: an int, how many, then longs. */
        SKETCHES,
        /** Rows that decontamination removed. */
        CONTAMINATED,
        /** Of each judged item the filter that removes it, empty where none does, and the reason. */
        VERDICTS,
        /** Items that are left. */
        KEPT,
        /** Sentences of earlier parts whose text goes on in this one. */
        BEGUN,
        /** Candidates and characters of each cell. */
        SUPPLY,
        /** Candidates and characters of each cell in all earlier parts. */
        BEFORE,
        /** Counts of the samples that were made. */
        TALLY
    }

    Path folder(Content content) {
        return folder.resolve(content.name().toLowerCase(Locale.ROOT));
    }

    Path of(Content content, Part part) {
        return folder(content).resolve(String.format(Locale.ROOT, "%03d-%06d", part.source(), part.number()));
    }
}

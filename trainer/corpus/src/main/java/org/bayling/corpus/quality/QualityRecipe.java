package org.bayling.corpus.quality;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How strict the filters are. Start from {@link #defaults()} and override by name with {@link #with(Map)}.
 *
 * @param skip names of filters to leave out
 * @param maxCharacters most characters (code points) of one side
 * @param maxLengthRatio most that one side may be longer than the other, in widths ({@link LengthRatio})
 * @param minLetterShare least share of letters among the characters that are no space, in running text
 * @param maxCopyOverlap share of words that a side may have in common with the pivot before it counts as a copy
 * @param minScriptShare least share of letters in the language's own script
 * @param languageMinLetters texts with fewer letters are not sent to language identification
 * @param languageMargin lead in Lingua's confidence (0 to 1) that another language needs before an item goes
 * @param nearJaccard items whose shingles overlap by this Jaccard similarity or more are near duplicates
 * @param shingleCharacters characters of a shingle
 * @param nearCapacity most items that near duplicates are looked for among, 233 bytes each
 * @param overlapWords words in a row that running text may not share with an evaluation set
 * @param overlapIdeographs the same in Han characters and kana
 * @param overlapLetters the same in letters of scripts that write no spaces, such as Thai and Khmer
 * @param examples most examples that a report keeps of each filter and language
 */
public record QualityRecipe(
        Set<String> skip,
        int maxCharacters,
        double maxLengthRatio,
        double minLetterShare,
        double maxCopyOverlap,
        double minScriptShare,
        int languageMinLetters,
        double languageMargin,
        double nearJaccard,
        int shingleCharacters,
        int nearCapacity,
        int overlapWords,
        int overlapIdeographs,
        int overlapLetters,
        int examples) {

    public QualityRecipe {
        skip = Collections.unmodifiableSet(new TreeSet<>(skip));
    }

    /** What is used where a recipe says nothing. */
    public static QualityRecipe defaults() {
        return new QualityRecipe(Set.of(), 32_768, 4.0, 0.4, 0.8, 0.3, 24, 0.2, 0.8, 5, 4_000_000, 10, 20, 40, 5);
    }

    /**
     * This recipe with some values replaced.
     *
     * @param values by key as a YAML gives them: {@code skip} a list of names, all others numbers; keys are the
     *     component names in snake case
     * @throws IllegalArgumentException naming the key that is unknown or the value that is out of range
     */
    public QualityRecipe with(Map<String, ?> values) {
        RecipeValues read = new RecipeValues(values);
        QualityRecipe recipe = new QualityRecipe(
                read.names("skip", skip, Set.copyOf(QualityFilters.NAMES)),
                read.integer("max_characters", maxCharacters, 1, Integer.MAX_VALUE),
                read.number("max_length_ratio", maxLengthRatio, 1, 1000),
                read.number("min_letter_share", minLetterShare, 0, 1),
                read.number("max_copy_overlap", maxCopyOverlap, 0, 1),
                read.number("min_script_share", minScriptShare, 0, 1),
                read.integer("language_min_letters", languageMinLetters, 1, Integer.MAX_VALUE),
                read.number("language_margin", languageMargin, 0, 1),
                read.number("near_jaccard", nearJaccard, 0.5, 1),
                read.integer("shingle_characters", shingleCharacters, 1, 32),
                read.integer("near_capacity", nearCapacity, 1, 200_000_000),
                read.integer("overlap_words", overlapWords, 2, 100),
                read.integer("overlap_ideographs", overlapIdeographs, 2, 200),
                read.integer("overlap_letters", overlapLetters, 2, 400),
                read.integer("examples", examples, 0, 1000));
        read.refuseUnknown();
        return recipe;
    }
}

package org.bayling.corpus.quality;

import java.util.List;
import java.util.Set;
import org.bayling.corpus.LanguageRegistry;

/** The filters of a recipe, in the order in which they are asked: cheap ones first, the first that drops decides. */
public final class QualityFilters {
    /** Names of all filters that a recipe can skip. */
    public static final List<String> NAMES = List.of(
            EmptySide.NAME,
            DamagedText.NAME,
            Markup.NAME,
            TextLength.NAME,
            LengthRatio.NAME,
            UntranslatedCopy.NAME,
            ScriptMismatch.NAME,
            LanguageIdentification.NAME,
            ExactDuplicates.NAME,
            NearDuplicates.NAME,
            Decontamination.NAME);

    private QualityFilters() {}

    /** Filters that look at one item alone; they may be asked from several threads. */
    public static List<QualityFilter> of(QualityRecipe recipe, LanguageRegistry registry) {
        return wanted(recipe, List.of(
                new EmptySide(),
                new DamagedText(),
                new Markup(),
                new TextLength(recipe.maxCharacters(), recipe.minLetterShare()),
                new LengthRatio(recipe.maxLengthRatio()),
                new UntranslatedCopy(recipe.maxCopyOverlap(), registry),
                new ScriptMismatch(recipe.minScriptShare(), registry),
                new LanguageIdentification(
                        recipe.languageMinLetters(), recipe.languageMargin(), recipe.minScriptShare(), registry)));
    }

    /** Filters that remember earlier items, empty at first; they are asked in source order by one thread at a time. */
    public static List<EarlierItemsFilter> duplicates(QualityRecipe recipe) {
        return wanted(recipe, List.of(
                new ExactDuplicates(),
                new NearDuplicates(recipe.nearJaccard(), recipe.shingleCharacters(), recipe.nearCapacity())));
    }

    private static <F extends QualityFilter> List<F> wanted(QualityRecipe recipe, List<F> filters) {
        Set<String> skip = recipe.skip();
        return filters.stream()
                .filter(filter -> !skip.contains(filter.name()))
                .toList();
    }
}

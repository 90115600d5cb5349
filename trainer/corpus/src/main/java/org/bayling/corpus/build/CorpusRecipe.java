package org.bayling.corpus.build;

import java.util.List;
import java.util.Optional;
import org.bayling.corpus.mixture.MixtureRecipe;
import org.bayling.corpus.quality.EvaluationSet;
import org.bayling.corpus.quality.QualityRecipe;
import org.bayling.corpus.source.SourceRecipe;

/**
 * What a corpus is built from; the package page gives the YAML.
 *
 * @param text the file as it was given, with the overrides as comments behind it
 * @param seed of order, templates and choices
 * @param sources in the order of reading
 * @param decontaminate evaluation sets, whose overlap is removed
 * @param quality empty when nothing is filtered
 * @param mixturePlace file and line of the mixture, for messages
 */
public record CorpusRecipe(
        String text,
        long seed,
        List<SourceRecipe> sources,
        List<EvaluationSet> decontaminate,
        Optional<QualityRecipe> quality,
        MixtureRecipe mixture,
        String mixturePlace,
        int samplesPerShard,
        int samplesPerFrame) {
    public CorpusRecipe {
        sources = List.copyOf(sources);
        decontaminate = List.copyOf(decontaminate);
    }
}

package org.bayling.corpus.build;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.MixturePlan;
import org.bayling.corpus.mixture.MixtureRecipe;
import org.bayling.corpus.mixture.Supply;
import org.bayling.corpus.quality.EvaluationSet;
import org.bayling.corpus.quality.QualityRecipe;
import org.bayling.corpus.source.SourceRecipe;
import org.bayling.data.DataException;

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

    /**
     * The mixture of what there is.
     *
     * @throws DataException naming file and line when the shares cannot be met
     */
    MixturePlan planned(SortedMap<Cell, Supply> supply) throws DataException {
        try {
            return MixturePlan.of(mixture, supply);
        } catch (DataException e) {
            throw new DataException(mixturePlace + ": " + e.getMessage(), e);
        }
    }
}

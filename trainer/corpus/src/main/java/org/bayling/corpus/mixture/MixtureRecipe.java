package org.bayling.corpus.mixture;

import java.util.EnumMap;
import java.util.Map;
import org.bayling.corpus.sample.Group;

/**
 * What a mixture shall be.
 *
 * @param samples of the whole corpus, at least 1
 * @param groups weight of each group, above 0; groups that are not named are left out
 * @param sampling how languages inside a group are weighed
 * @param temperature T of {@link Sampling#TEMPERATURE}, above 0
 * @param maxEpochs how often each candidate may be drawn, by group; above 0
 * @param minSamplesPerLanguage of every language of a group; 0 is no minimum
 * @param belowMinimum what happens to a language that cannot reach it
 * @param tasks weights of tasks within a language; a task that is not named has weight 1, weight 0 leaves it out
 * @param directions weights of the {@linkplain Cell#kind kinds of direction} within a task, likewise
 */
public record MixtureRecipe(
        long samples,
        Map<Group, Double> groups,
        Sampling sampling,
        double temperature,
        Map<Group, Double> maxEpochs,
        long minSamplesPerLanguage,
        BelowMinimum belowMinimum,
        Map<String, Double> tasks,
        Map<String, Double> directions) {
    public MixtureRecipe {
        groups = new EnumMap<>(groups);
        maxEpochs = new EnumMap<>(maxEpochs);
        tasks = Map.copyOf(tasks);
        directions = Map.copyOf(directions);
    }

    /** Weights of languages. */
    public enum Sampling {
        TEMPERATURE,
        UNIMAX
    }

    /** A language whose candidates, drawn {@code max_epochs} times, are fewer than the minimum. */
    public enum BelowMinimum {
        /** Nothing is built. */
        ERROR,
        /** It is left out. */
        DROP,
        /** It gives all it has. */
        KEEP
    }

    double weight(Cell cell) {
        return tasks.getOrDefault(cell.task(), 1.0) * directions.getOrDefault(cell.kind(), 1.0);
    }
}

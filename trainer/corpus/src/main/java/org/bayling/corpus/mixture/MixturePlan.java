package org.bayling.corpus.mixture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.bayling.corpus.mixture.MixtureRecipe.BelowMinimum;
import org.bayling.corpus.mixture.MixtureRecipe.Sampling;
import org.bayling.corpus.sample.Group;
import org.bayling.data.DataException;
import org.bayling.numeric.Rng;

/**
 * How many samples each cell gives, and what it has: printed before anything is written, then done exactly.
 *
 * @param lines in the order of their cells; cells that give nothing are among them
 */
public record MixturePlan(List<Line> lines) {
    private static final int NAMED = 8;

    public MixturePlan {
        lines = List.copyOf(lines);
    }

    /** One cell. */
    public record Line(Cell cell, Supply supply, long samples) {
        /** How often each candidate is drawn, on average. */
        public double epochs() {
            return samples == 0 ? 0 : samples / (double) supply.candidates();
        }

        /** Code points of the texts of these samples, estimated from the mean of the cell. */
        public long characters() {
            return supply.candidates() == 0 ? 0 : Math.round(epochs() * supply.characters());
        }
    }

    /**
     * Decides.
     *
     * @param supply of every cell that has candidates
     * @throws DataException naming the group or languages that have too little, and what is missing
     */
    public static MixturePlan of(MixtureRecipe recipe, SortedMap<Cell, Supply> supply) throws DataException {
        SortedMap<Group, SortedMap<Cell, Supply>> groups = new TreeMap<>();
        supply.forEach((cell, has) -> {
            if (recipe.weight(cell) > 0 && recipe.groups().containsKey(cell.group()) && has.candidates() > 0) {
                groups.computeIfAbsent(cell.group(), g -> new TreeMap<>()).put(cell, has);
            }
        });
        List<Group> wanted = List.copyOf(recipe.groups().keySet());
        double[] weights = wanted.stream().mapToDouble(recipe.groups()::get).toArray();
        long[] shares = Apportionment.of(weights, new long[weights.length], filled(weights.length, recipe.samples()),
                recipe.samples());
        List<Line> lines = new ArrayList<>();
        for (int g = 0; g < shares.length; g++) {
            Group group = wanted.get(g);
            SortedMap<Cell, Supply> cells = groups.getOrDefault(group, new TreeMap<>());
            lines.addAll(new GroupShare(recipe, group, cells).divide(shares[g]));
        }
        lines.sort(Comparator.comparing(Line::cell));
        return new MixturePlan(lines);
    }

    /** Samples of the corpus. */
    public long samples() {
        return lines.stream().mapToLong(Line::samples).sum();
    }

    /** Lines added up by a property of their cells, in the order of its values. */
    public <K extends Comparable<K>> SortedMap<K, Total> by(Function<Cell, K> property) {
        SortedMap<K, Total> totals = new TreeMap<>();
        for (Line line : lines) {
            totals.merge(property.apply(line.cell()), Total.of(line), Total::plus);
        }
        return totals;
    }

    /** Several lines added up. */
    public record Total(long candidates, long samples, long characters) {
        static Total of(Line line) {
            return new Total(line.supply().candidates(), line.samples(), line.characters());
        }

        Total plus(Total other) {
            return new Total(candidates + other.candidates, samples + other.samples, characters + other.characters);
        }

        /** How often each candidate is drawn, on average. */
        public double epochs() {
            return candidates == 0 ? 0 : samples / (double) candidates;
        }
    }

    private static long[] filled(int length, long value) {
        long[] values = new long[length];
        java.util.Arrays.fill(values, value);
        return values;
    }

    /** One group's samples to its languages, their tasks, and the directions of these. */
    private static final class GroupShare {
        private final MixtureRecipe recipe;
        private final Group group;
        private final double maxEpochs;
        private final SortedMap<Cell, Supply> cells;

        GroupShare(MixtureRecipe recipe, Group group, SortedMap<Cell, Supply> cells) {
            this.recipe = recipe;
            this.group = group;
            this.maxEpochs = recipe.maxEpochs().getOrDefault(group, 1.0);
            this.cells = cells;
        }

        List<Line> divide(long samples) throws DataException {
            if (samples == 0) {
                return List.of();
            }
            Map<String, List<Cell>> languages = parts(cells.keySet(), Cell::language);
            Map<String, Long> minimum = minima(languages);
            languages.keySet().retainAll(minimum.keySet());
            requireEnough(samples, languages, minimum);
            double[] weights = languageWeights(languages);
            long[] least = languages.keySet().stream().mapToLong(minimum::get).toArray();
            return share(samples, languages, weights, least, (language, count) -> {
                Map<String, List<Cell>> tasks = parts(language, Cell::task);
                double[] taskWeights = weights(tasks, cell -> recipe.tasks().getOrDefault(cell.task(), 1.0));
                return share(count, tasks, taskWeights, new long[tasks.size()], this::directions);
            });
        }

        private List<Line> directions(List<Cell> task, long samples) {
            Map<String, List<Cell>> directions = parts(task, Cell::direction);
            double[] weights = weights(directions, cell -> recipe.directions().getOrDefault(cell.kind(), 1.0));
            return share(samples, directions, weights, new long[weights.length],
                    (cell, count) -> List.of(new Line(cell.get(0), cells.get(cell.get(0)), count)));
        }

        /** What becomes of a part with its share. */
        private interface Next {
            List<Line> divide(List<Cell> part, long samples);
        }

        private List<Line> share(
                long samples, Map<String, List<Cell>> parts, double[] weights, long[] minimum, Next next) {
            List<List<Cell>> list = List.copyOf(parts.values());
            long[] most = list.stream().mapToLong(this::most).toArray();
            long[] ties = parts.entrySet().stream().mapToLong(part -> tie(part.getKey(), part.getValue().get(0))).toArray();
            long[] shares = Apportionment.of(weights, minimum, most, samples, ties);
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i < shares.length; i++) {
                lines.addAll(next.divide(list.get(i), shares[i]));
            }
            return lines;
        }

        /**
         * Parts of equal weight with too few samples for all: drawn anew for each language and task, or else the same few,
         * first in the alphabet, would be taken by all.
         */
        private static long tie(String part, Cell first) {
            return Rng.mix(first.language().hashCode(), first.task().hashCode(), part.hashCode());
        }

        private double[] languageWeights(Map<String, List<Cell>> languages) {
            double all = languages.values().stream().mapToLong(this::candidates).sum();
            return languages.values().stream()
                    .mapToDouble(language -> recipe.sampling() == Sampling.UNIMAX
                            ? 1
                            : Math.pow(candidates(language) / all, 1 / recipe.temperature()))
                    .toArray();
        }

        /** The least of every language that takes part. */
        private Map<String, Long> minima(Map<String, List<Cell>> languages) throws DataException {
            Map<String, Long> minima = new LinkedHashMap<>();
            List<String> poor = new ArrayList<>();
            long wanted = recipe.minSamplesPerLanguage();
            languages.forEach((language, part) -> {
                long most = most(part);
                if (most >= wanted) {
                    minima.put(language, wanted);
                } else if (recipe.belowMinimum() == BelowMinimum.KEEP) {
                    minima.put(language, most);
                } else {
                    poor.add(language + " (" + most + ")");
                }
            });
            if (!poor.isEmpty() && recipe.belowMinimum() == BelowMinimum.ERROR) {
                String named = String.join(", ", poor.subList(0, Math.min(NAMED, poor.size())));
                throw new DataException("the mixture cannot be met: of group " + group.label() + " " + poor.size()
                        + " languages have fewer than min_samples_per_language: " + wanted + " at max_epochs: "
                        + shown(maxEpochs) + ": " + named + (poor.size() > NAMED ? ", ..." : "")
                        + "; add sources for them, lower the minimum, or set below_minimum to drop or keep");
            }
            return minima;
        }

        private void requireEnough(long samples, Map<String, List<Cell>> languages, Map<String, Long> minimum)
                throws DataException {
            long least = minimum.values().stream().mapToLong(Long::longValue).sum();
            if (least > samples) {
                throw new DataException("the mixture cannot be met: group " + group.label() + " has " + samples
                        + " samples, but its " + minimum.size() + " languages need " + least
                        + " for min_samples_per_language: " + recipe.minSamplesPerLanguage()
                        + "; raise samples or the group's weight, or lower the minimum");
            }
            long most = 0;
            for (List<Cell> language : languages.values()) {
                most = most > Long.MAX_VALUE - most(language) ? Long.MAX_VALUE : most + most(language);
            }
            if (most < samples) {
                long candidates = languages.values().stream().mapToLong(this::candidates).sum();
                throw new DataException("the mixture cannot be met: group " + group.label() + " should give " + samples
                        + " samples, but its " + candidates + " candidates at max_epochs: " + shown(maxEpochs)
                        + " give " + most + ", " + (samples - most) + " too few; add sources, raise max_epochs, or lower"
                        + " samples or the group's weight");
            }
        }

        private static double[] weights(Map<String, List<Cell>> parts, Function<Cell, Double> weight) {
            return parts.values().stream()
                    .mapToDouble(part -> weight.apply(part.get(0)))
                    .toArray();
        }

        private static Map<String, List<Cell>> parts(Iterable<Cell> cells, Function<Cell, String> property) {
            Map<String, List<Cell>> parts = new TreeMap<>();
            cells.forEach(cell -> parts.computeIfAbsent(property.apply(cell), p -> new ArrayList<>()).add(cell));
            return parts;
        }

        private long candidates(List<Cell> part) {
            return part.stream().mapToLong(cell -> cells.get(cell).candidates()).sum();
        }

        /** Each cell's cap is whole, so that what fits a part fits its cells. */
        private long most(List<Cell> part) {
            return part.stream()
                    .mapToLong(cell -> (long) Math.floor(cells.get(cell).candidates() * maxEpochs))
                    .sum();
        }

        private static String shown(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }
    }
}

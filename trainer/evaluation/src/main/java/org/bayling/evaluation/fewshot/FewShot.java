package org.bayling.evaluation.fewshot;

import java.util.List;
import java.util.Optional;

/**
 * How many examples stand in front of a question, and which.
 *
 * @param shots examples, 0 for none
 * @param order how they are chosen
 * @param seed of the random choice
 */
public record FewShot(int shots, Order order, long seed) {
    /** The seed of lm-evaluation-harness. */
    public static final long SEED = 1234;

    /** No examples. */
    public static final FewShot NONE = new FewShot(0, Order.FIRST_N, SEED);

    /** How examples are chosen; named as lm-evaluation-harness names its samplers, whose default is {@code RANDOM}. */
    public enum Order {
        /** The first ones, the same for all questions. */
        FIRST_N,
        /** Others for each question, by Python's {@code Random(seed).sample}. */
        RANDOM
    }

    /** The choice for one task after another: it goes on with the random numbers where the question before left off. */
    public <T> Sampler<T> sampler(List<T> pool) {
        return new Sampler<>(this, pool);
    }

    /**
     * Chooses examples for the questions of one task, in their order. For one thread.
     *
     * @param <T> an example, told from others by {@code equals}
     */
    public static final class Sampler<T> {
        private final FewShot settings;
        private final List<T> pool;
        private final PythonRandom random;

        private Sampler(FewShot settings, List<T> pool) {
            this.settings = settings;
            this.pool = List.copyOf(pool);
            this.random = new PythonRandom(settings.seed());
        }

        /**
         * Examples for the next question.
         *
         * @param asked the question itself, where the pool may hold it: one more is drawn then, and it is left out
         * @return as many as are wanted, or fewer when the pool has no more
         */
        public List<T> next(Optional<T> asked) {
            int wanted = settings.shots();
            if (wanted == 0) {
                return List.of();
            }
            if (settings.order() == Order.FIRST_N) {
                return others(pool, asked, wanted);
            }
            int drawn = Math.min(asked.isPresent() ? wanted + 1 : wanted, pool.size());
            return others(random.sample(pool, drawn), asked, wanted);
        }

        private static <T> List<T> others(List<T> examples, Optional<T> asked, int wanted) {
            return examples.stream()
                    .filter(example -> asked.isEmpty() || !example.equals(asked.get()))
                    .limit(wanted)
                    .toList();
        }
    }
}

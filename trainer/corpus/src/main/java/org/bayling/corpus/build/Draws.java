package org.bayling.corpus.build;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.MixturePlan;
import org.bayling.data.DataOrder;
import org.bayling.numeric.Rng;

/**
 * Which candidates are drawn, how often, and where in the corpus each draw stands: a pure function of the plan, the seed
 * and the order of the candidates.
 */
final class Draws {
    /** Names of the seed's uses. */
    private static final long PASSES = 0x706173736573L;

    private static final long PLACES = 0x706c61636573L;

    private final Map<Cell, CellDraws> cells = new HashMap<>();
    private final DataOrder places;

    Draws(MixturePlan plan, long seed) {
        this(plan, seed, Map.of());
    }

    /** @param before of each cell as a first number, how many candidates are not given because they come before */
    Draws(MixturePlan plan, long seed, Map<Cell, long[]> before) {
        long[] none = {0};
        long start = 0;
        for (MixturePlan.Line line : plan.lines()) {
            if (line.samples() > 0) {
                DataOrder passes = new DataOrder(Rng.mix(seed, PASSES, start), line.supply().candidates());
                long given = before.getOrDefault(line.cell(), none)[0];
                cells.put(line.cell(), new CellDraws(start, line, passes, given));
                start += line.samples();
            }
        }
        this.places = new DataOrder(Rng.mix(seed, PLACES), start);
    }

    /** Gives the slots of the next candidate of a cell; none where it is not drawn. */
    void next(Cell cell, LongConsumer slots) {
        CellDraws draws = cells.get(cell);
        if (draws != null) {
            draws.next(slots);
        }
    }

    /** The place in the corpus of a slot. */
    long place(long slot) {
        return places.at(0, slot);
    }

    private static final class CellDraws {
        private final long start;
        private final long samples;
        private final long candidates;
        private final DataOrder passes;
        private long given;

        CellDraws(long start, MixturePlan.Line line, DataOrder passes, long given) {
            this.start = start;
            this.samples = line.samples();
            this.candidates = line.supply().candidates();
            this.passes = passes;
            this.given = given;
        }

        void next(LongConsumer slots) {
            long candidate = given++;
            for (long pass = 0; pass * candidates < samples; pass++) {
                long drawn = pass * candidates + passes.indexOf(pass, candidate);
                if (drawn < samples) {
                    slots.accept(start + drawn);
                }
            }
        }
    }
}

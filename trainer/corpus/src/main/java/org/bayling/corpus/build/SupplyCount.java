package org.bayling.corpus.build;

import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.Supply;

/** Counts what can be made of materials, by cell; parts added in any order give the same. */
final class SupplyCount {
    private final SortedMap<Cell, long[]> cells = new TreeMap<>();

    void add(Material material, Material.Workshop workshop) {
        for (Material.Candidate candidate : material.candidates(workshop)) {
            add(candidate.cell(), 1, candidate.characters());
        }
    }

    void plus(SortedMap<Cell, long[]> others) {
        others.forEach((cell, more) -> add(cell, more[0], more[1]));
    }

    private void add(Cell cell, long candidates, long characters) {
        long[] count = cells.computeIfAbsent(cell, c -> new long[2]);
        count[0] += candidates;
        count[1] += characters;
    }

    /** Candidates and characters of each cell; a view. */
    SortedMap<Cell, long[]> cells() {
        return cells;
    }

    SortedMap<Cell, Supply> supply() {
        SortedMap<Cell, Supply> supply = new TreeMap<>();
        cells.forEach((cell, count) -> supply.put(cell, new Supply(count[0], count[1])));
        return supply;
    }
}

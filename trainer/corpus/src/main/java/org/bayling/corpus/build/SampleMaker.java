package org.bayling.corpus.build;

import java.util.List;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.numeric.Rng;

/**
 * Makes the samples that are drawn: a pure function of the seed, the candidate and its slot. May be asked from several
 * threads.
 */
final class SampleMaker {
    /** Name of a use of the seed. */
    private static final long SAMPLE = 0x73616d706c65L;

    private final long seed;
    private final Material.Workshop workshop;

    SampleMaker(long seed, Material.Workshop workshop) {
        this.seed = seed;
        this.workshop = workshop;
    }

    /** A candidate that is drawn, and its slot. */
    record Draw(Material material, Material.Candidate candidate, long slot) {}

    /** What can be made of a material, always in the same order. */
    List<Material.Candidate> candidates(Material material) {
        return material.candidates(workshop);
    }

    CorpusSample make(Draw draw) {
        return draw.material().make(draw.candidate(), Rng.mix(seed, SAMPLE, draw.slot()), workshop);
    }
}

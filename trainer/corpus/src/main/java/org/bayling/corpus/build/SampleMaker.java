package org.bayling.corpus.build;

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

    CorpusSample make(Material material, Material.Candidate candidate, long slot) {
        return material.make(candidate, Rng.mix(seed, SAMPLE, slot), workshop);
    }
}

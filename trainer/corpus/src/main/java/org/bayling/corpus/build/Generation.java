package org.bayling.corpus.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bayling.corpus.mixture.MixturePlan;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.corpus.shard.SampleLine;
import org.bayling.io.DiskSpace;
import org.bayling.numeric.Rng;
import org.bayling.observe.TaskProgress;

/** Stage 2: makes the samples of the plan and puts them into buckets. */
final class Generation {
    /** Name of a use of the seed. */
    private static final long SAMPLE = 0x73616d706c65L;

    private static final int CHUNK = 256;
    /** What frames, JSON and origin add to the texts of a sample, at most as a rule. */
    private static final int BYTES_AROUND = 600;

    private final MixturePlan plan;
    private final long seed;
    private final Material.Workshop workshop;
    private final Draws draws;
    private final SampleLine lines = new SampleLine();
    private final Tally tally = new Tally();
    private List<Draw> chunk = new ArrayList<>(CHUNK);

    /** A candidate that is drawn, and its slot. */
    private record Draw(Material material, Material.Candidate candidate, long slot) {}

    Generation(MixturePlan plan, long seed, Material.Workshop workshop) {
        this.plan = plan;
        this.seed = seed;
        this.workshop = workshop;
        this.draws = new Draws(plan, seed);
    }

    Tally run(WorkDirectory work, Buckets.Layout layout, int threads, TaskProgress progress) throws IOException {
        long characters = plan.lines().stream().mapToLong(MixturePlan.Line::characters).sum();
        // Texts of several bytes a character, once in buckets and once compressed in shards.
        DiskSpace.require(work.buckets(), 3 * characters + layout.samples() * BYTES_AROUND, "the samples of the corpus");
        long[] done = new long[1];
        try (Buckets buckets = new Buckets(layout);
                OrderedWork<Tally> makers = new OrderedWork<>(threads, made -> tally.plus(made))) {
            ItemStore.read(work.items(), new Material.Cutter(material -> {
                for (Material.Candidate candidate : material.candidates(workshop)) {
                    draws.next(candidate.cell(), slot -> chunk.add(new Draw(material, candidate, slot)));
                    while (chunk.size() >= CHUNK) {
                        done[0] += give(makers, buckets);
                        progress.on("making samples", done[0], layout.samples(), "samples");
                    }
                }
            }));
            done[0] += give(makers, buckets);
            makers.finish();
            buckets.finish();
        }
        progress.on("making samples", done[0], layout.samples(), "samples");
        if (done[0] != layout.samples()) {
            throw new IllegalStateException(done[0] + " samples were drawn where " + layout.samples() + " are planned");
        }
        return tally;
    }

    private int give(OrderedWork<Tally> makers, Buckets buckets) throws IOException {
        List<Draw> full = chunk;
        chunk = new ArrayList<>(CHUNK);
        makers.give(() -> make(full, buckets));
        return full.size();
    }

    /** Runs in a worker. */
    private Tally make(List<Draw> chunk, Buckets buckets) throws IOException {
        Tally made = new Tally();
        for (Draw draw : chunk) {
            CorpusSample sample =
                    draw.material().make(draw.candidate(), Rng.mix(seed, SAMPLE, draw.slot()), workshop);
            buckets.add(draws.place(draw.slot()), lines.of(sample));
            made.add(draw.candidate().cell(), sample);
        }
        return made;
    }
}

package org.bayling.corpus.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bayling.corpus.mixture.MixturePlan;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.corpus.shard.SampleLine;
import org.bayling.io.DiskSpace;
import org.bayling.observe.TaskProgress;

/**
 * Stage 2: makes the samples of the plan and puts them into buckets. Draws have a fixed order, so that a build that was
 * killed draws again what it had made, without making it, and goes on behind it.
 */
final class Generation {
    private static final int CHUNK = 256;
    /** At most this many samples are lost by a kill. */
    private static final long BETWEEN_MARKS = 100_000;
    /** Small corpora are marked as often. */
    private static final int MARKS = 16;
    /** What frames, JSON and origin add to the texts of a sample, at most as a rule. */
    private static final int BYTES_AROUND = 600;

    private final MixturePlan plan;
    private final long seed;
    private final Material.Workshop workshop;
    private final SampleMaker maker;
    private final SampleLine lines = new SampleLine();

    Generation(MixturePlan plan, long seed, Material.Workshop workshop) {
        this.plan = plan;
        this.seed = seed;
        this.workshop = workshop;
        this.maker = new SampleMaker(seed, workshop);
    }

    Tally run(WorkDirectory work, Buckets.Layout layout, int threads, TaskProgress progress) throws IOException {
        Optional<MadeSoFar> found = work.stage(WorkDirectory.GENERATING).map(MadeSoFar::of);
        Optional<Buckets> kept = found.isPresent() ? Buckets.resume(layout, found.get().buckets()) : Optional.empty();
        MadeSoFar before = kept.isPresent() ? found.get() : MadeSoFar.nothing(layout.count());
        try (Buckets buckets = kept.isPresent() ? kept.get() : Buckets.begin(layout)) {
            requireSpace(work, before);
            Drawing drawing = new Drawing(work, buckets, before, progress);
            drawing.run(threads);
            buckets.finish();
            return drawing.tally;
        }
    }

    private void requireSpace(WorkDirectory work, MadeSoFar before) throws IOException {
        long characters = plan.lines().stream().mapToLong(MixturePlan.Line::characters).sum();
        // Texts of several bytes a character, once in buckets and once compressed in shards.
        long bytes = 3 * characters + plan.samples() * BYTES_AROUND - before.bytes();
        DiskSpace.require(work.buckets(), bytes, "the samples of the corpus");
    }

    /** One walk over the items. */
    private final class Drawing {
        private final WorkDirectory work;
        private final Buckets buckets;
        private final Draws draws = new Draws(plan, seed);
        private final Tally tally;
        private final TaskProgress progress;
        private final long samples = plan.samples();
        private final long betweenMarks = Math.max(CHUNK, Math.min(BETWEEN_MARKS, samples / MARKS));
        private List<SampleMaker.Draw> chunk = new ArrayList<>(CHUNK);
        private long toSkip;
        private long made;
        private long marked;

        Drawing(WorkDirectory work, Buckets buckets, MadeSoFar before, TaskProgress progress) {
            this.work = work;
            this.buckets = buckets;
            this.tally = before.tally();
            this.toSkip = before.samples();
            this.made = before.samples();
            this.marked = before.samples();
            this.progress = progress;
        }

        void run(int threads) throws IOException {
            try (OrderedWork<Tally> makers = new OrderedWork<>(threads, tally::plus)) {
                ItemStore.read(work.items(), new Material.Cutter(material -> {
                    for (Material.Candidate candidate : material.candidates(workshop)) {
                        draws.next(candidate.cell(), slot -> draw(new SampleMaker.Draw(material, candidate, slot)));
                        if (chunk.size() >= CHUNK) {
                            give(makers);
                        }
                    }
                }));
                give(makers);
                makers.finish();
            }
            if (made != samples) {
                throw new IllegalStateException(made + " samples were drawn where " + samples + " are planned");
            }
        }

        private void draw(SampleMaker.Draw draw) {
            if (toSkip > 0) {
                toSkip--;
            } else {
                chunk.add(draw);
            }
        }

        private void give(OrderedWork<Tally> makers) throws IOException {
            List<SampleMaker.Draw> full = chunk;
            chunk = new ArrayList<>(CHUNK);
            makers.give(() -> make(full));
            made += full.size();
            progress.on("making samples", made, samples, "samples");
            if (made - marked >= betweenMarks) {
                makers.finish();
                work.finish(WorkDirectory.GENERATING, new MadeSoFar(made, buckets.marks(), tally).json());
                marked = made;
            }
        }

        /** Runs in a worker. */
        private Tally make(List<SampleMaker.Draw> chunk) throws IOException {
            Tally made = new Tally();
            for (SampleMaker.Draw draw : chunk) {
                CorpusSample sample = maker.make(draw);
                buckets.add(draws.place(draw.slot()), lines.of(sample));
                made.add(draw.candidate().cell(), sample);
            }
            return made;
        }
    }
}

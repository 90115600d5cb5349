package org.bayling.corpus.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.corpus.shard.SampleLine;
import org.bayling.corpus.source.SourceItem;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;

/**
 * The samples of a part, each with its place in the corpus, made while they are asked for; their counts are written behind
 * the last. What goes wrong is thrown as {@link UncheckedIOException}.
 */
public final class MadeSamples implements Iterator<MadeSamples.Placed>, AutoCloseable {
    private final ItemStore.Reader items;
    private final Material.Cutter cutter;
    private final Draws draws;
    private final SampleMaker maker;
    private final Path tallyFile;
    private final SampleLine lines = new SampleLine();
    private final Tally tally = new Tally();
    private final Deque<SampleMaker.Draw> drawn = new ArrayDeque<>();
    private boolean ended;

    /** A line of a shard, without its end, and its place among all of the corpus. */
    public record Placed(long place, byte[] line) {}

    MadeSamples(
            Path items, List<SourceItem.Parallel> begun, Draws draws, SampleMaker maker, Path tallyFile)
            throws IOException {
        this.items = new ItemStore.Reader(items);
        this.draws = draws;
        this.maker = maker;
        this.tallyFile = tallyFile;
        this.cutter = new Material.Cutter(
                material -> {
                    for (Material.Candidate candidate : maker.candidates(material)) {
                        draws.next(candidate.cell(), slot -> drawn.add(new SampleMaker.Draw(material, candidate, slot)));
                    }
                },
                begun);
    }

    @Override
    public boolean hasNext() {
        try {
            while (drawn.isEmpty() && !ended) {
                Optional<SourceItem> item = items.next();
                if (item.isPresent()) {
                    cutter.accept(item.get());
                } else {
                    ended = true;
                    AtomicFile.write(tallyFile, tally.json().toString(), FaultPoint.NONE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return !drawn.isEmpty();
    }

    @Override
    public Placed next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        SampleMaker.Draw draw = drawn.remove();
        CorpusSample sample = maker.make(draw);
        tally.add(draw.candidate().cell(), sample);
        try {
            return new Placed(draws.place(draw.slot()), lines.of(sample));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        items.close();
    }
}

package org.bayling.corpus.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.Supply;
import org.bayling.corpus.quality.FilterReport;
import org.bayling.corpus.quality.Verdict;
import org.bayling.corpus.source.Source;
import org.bayling.corpus.source.SourceItem;
import org.bayling.io.AtomicFile;
import org.bayling.observe.TaskProgress;

/** Stage 1: reads the sources, leaves out what the filters remove, stores the rest and counts what can be made of it. */
final class Gathering {
    /** Parts of the digest are whole chunks. */
    private static final int CHUNK = ItemsDigest.PART / 16;

    private final List<Source> sources;
    private final Filters filters;
    private final FilterReport report;
    private final ItemsDigest digest = new ItemsDigest();
    private final Material.Workshop workshop;

    Gathering(List<Source> sources, Filters filters, Material.Workshop workshop) {
        this.sources = List.copyOf(sources);
        this.filters = filters;
        this.report = filters.report();
        this.workshop = workshop;
    }

    Gathered run(WorkDirectory work, int threads, TaskProgress progress) throws IOException {
        List<Gathered.SourceCount> counts = new ArrayList<>();
        ScriptCounts scripts = new ScriptCounts();
        try (ItemStore.Writer store = new ItemStore.Writer(work.items(), work.faults());
                AtomicFile contaminated = AtomicFile.open(work.contaminated(), work.faults())) {
            for (Source source : sources) {
                Reading reading = new Reading(source, store, contaminated, scripts, progress);
                counts.add(reading.run(threads));
            }
            contaminated.publish();
            store.publish();
        }
        SortedMap<Cell, Supply> supply = supply(work, threads, progress);
        return new Gathered(digest.hex(), counts, supply, scripts.sorted(), Gathered.filters(report.rows()));
    }

    /** One source through the filters into the store. */
    private final class Reading {
        private final Source source;
        private final ItemStore.Writer store;
        private final AtomicFile contaminated;
        private final ScriptCounts scripts;
        private final TaskProgress progress;
        private List<SourceItem> chunk = new ArrayList<>(CHUNK);
        private long read;
        private long kept;

        Reading(
                Source source,
                ItemStore.Writer store,
                AtomicFile contaminated,
                ScriptCounts scripts,
                TaskProgress progress) {
            this.source = source;
            this.store = store;
            this.contaminated = contaminated;
            this.scripts = scripts;
            this.progress = progress;
        }

        Gathered.SourceCount run(int threads) throws IOException {
            try (OrderedWork<Filters.Judged> judges = new OrderedWork<>(threads, this::take)) {
                source.read(item -> {
                    chunk.add(item);
                    if (chunk.size() == CHUNK) {
                        give(judges);
                    }
                });
                give(judges);
                judges.finish();
                if (read % ItemsDigest.PART > 0) {
                    digest.add(store.endPart());
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            progress.on("reading " + source.id(), read, read, "items");
            return new Gathered.SourceCount(source.id(), source.licence(), read, kept);
        }

        private void give(OrderedWork<Filters.Judged> judges) {
            List<SourceItem> full = chunk;
            chunk = new ArrayList<>(CHUNK);
            try {
                judges.give(() -> filters.judge(full));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void take(Filters.Judged judged) throws IOException {
            read += judged.read();
            report.merge(judged.losses());
            for (String row : judged.contaminated()) {
                contaminated.content().write(ByteBuffer.wrap(row.getBytes(StandardCharsets.UTF_8)));
            }
            for (Filters.Left left : judged.left()) {
                Optional<Verdict.Drop> drop = filters.offer(left.sketches());
                if (drop.isPresent()) {
                    report.removed(left.item(), drop.get());
                } else {
                    kept++;
                    scripts.add(left.item());
                    store.add(left.item());
                }
            }
            if (judged.read() > 0 && read % ItemsDigest.PART == 0) {
                digest.add(store.endPart());
            }
            progress.on("reading " + source.id(), read, -1, "items");
        }
    }

    private SortedMap<Cell, Supply> supply(WorkDirectory work, int threads, TaskProgress progress) throws IOException {
        SupplyCount all = new SupplyCount();
        long[] done = new long[1];
        try (OrderedWork<SortedMap<Cell, long[]>> counters = new OrderedWork<>(threads, part -> {
            all.plus(part);
            progress.on("counting what can be made", done[0] += CHUNK, -1, "items");
        })) {
            List<Material> chunk = new ArrayList<>(CHUNK);
            ItemStore.read(work.items(), new Material.Cutter(material -> {
                chunk.add(material);
                if (chunk.size() == CHUNK) {
                    List<Material> full = List.copyOf(chunk);
                    chunk.clear();
                    counters.give(() -> count(full));
                }
            }));
            counters.give(() -> count(chunk));
            counters.finish();
        }
        return all.supply();
    }

    private SortedMap<Cell, long[]> count(List<Material> materials) {
        SupplyCount count = new SupplyCount();
        materials.forEach(material -> count.add(material, workshop));
        return count.cells();
    }
}

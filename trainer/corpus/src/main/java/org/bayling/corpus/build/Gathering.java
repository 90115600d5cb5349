package org.bayling.corpus.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.Supply;
import org.bayling.corpus.quality.Decontamination;
import org.bayling.corpus.quality.FilterReport;
import org.bayling.corpus.quality.QualityFilter;
import org.bayling.corpus.quality.QualityGate;
import org.bayling.corpus.source.Source;
import org.bayling.corpus.source.SourceItem;
import org.bayling.io.AtomicFile;
import org.bayling.io.FileDigest;
import org.bayling.observe.TaskProgress;

/** Stage 1: reads the sources, leaves out what the filters remove, stores the rest and counts what can be made of it. */
final class Gathering {
    private static final int CHUNK = 64;

    private final List<Source> sources;
    private final Filters filters;
    private final FilterReport report;
    private final QualityGate inOrder;
    private final Material.Workshop workshop;

    /**
     * What items must pass.
     *
     * @param each look at one item alone, asked from several threads
     * @param inOrder compare with earlier items
     * @param examples most that are kept of each filter and language
     */
    record Filters(List<QualityFilter> each, List<QualityFilter> inOrder, int examples) {}

    Gathering(List<Source> sources, Filters filters, Material.Workshop workshop) {
        this.sources = List.copyOf(sources);
        this.filters = filters;
        this.report = new FilterReport(filters.examples());
        this.inOrder = new QualityGate(filters.inOrder(), report);
        this.workshop = workshop;
    }

    /** What is left of some items, and what was removed from them. */
    private record Judged(int read, List<SourceItem> left, FilterReport losses, List<String> contaminated) {}

    Gathered run(WorkDirectory work, int threads, TaskProgress progress) throws IOException {
        List<Gathered.SourceCount> counts = new ArrayList<>();
        ScriptCounts scripts = new ScriptCounts();
        FileDigest digest;
        try (ItemStore.Writer store = new ItemStore.Writer(work.items(), work.faults());
                AtomicFile contaminated = AtomicFile.open(work.contaminated(), work.faults())) {
            for (Source source : sources) {
                Reading reading = new Reading(source, store, contaminated, scripts, progress);
                counts.add(reading.run(threads));
            }
            contaminated.publish();
            digest = store.publish();
        }
        SortedMap<Cell, Supply> supply = supply(work, threads, progress);
        return new Gathered(digest.sha256(), counts, supply, scripts.sorted(), Gathered.filters(report.rows()));
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
            try (OrderedWork<Judged> judges = new OrderedWork<>(threads, this::take)) {
                source.read(item -> {
                    chunk.add(item);
                    if (chunk.size() == CHUNK) {
                        give(judges);
                    }
                });
                give(judges);
                judges.finish();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            progress.on("reading " + source.id(), read, read, "items");
            return new Gathered.SourceCount(source.id(), source.licence(), read, kept);
        }

        private void give(OrderedWork<Judged> judges) {
            List<SourceItem> full = chunk;
            chunk = new ArrayList<>(CHUNK);
            try {
                judges.give(() -> judge(full));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void take(Judged judged) throws IOException {
            read += judged.read();
            report.merge(judged.losses());
            for (String row : judged.contaminated()) {
                contaminated.content().write(ByteBuffer.wrap(row.getBytes(StandardCharsets.UTF_8)));
            }
            for (SourceItem item : judged.left()) {
                Optional<SourceItem> left = inOrder.admit(item);
                if (left.isPresent()) {
                    kept++;
                    scripts.add(left.get());
                    store.add(left.get());
                }
            }
            progress.on("reading " + source.id(), read, -1, "items");
        }
    }

    /** Runs in a worker. */
    private Judged judge(List<SourceItem> items) {
        FilterReport losses = new FilterReport(filters.examples());
        List<String> contaminated = new ArrayList<>();
        QualityGate gate = new QualityGate(filters.each(), losses, (item, drop) -> {
            if (drop.filter().equals(Decontamination.NAME)) {
                contaminated.add(WorkDirectory.JSON
                                .createObjectNode()
                                .put("source", item.source())
                                .put("item", item.key())
                                .put("language", drop.side())
                                .put("reason", drop.reason())
                        + "\n");
            }
        });
        List<SourceItem> left = new ArrayList<>(items.size());
        for (SourceItem item : items) {
            gate.admit(item).ifPresent(left::add);
        }
        return new Judged(items.size(), left, losses, contaminated);
    }

    private SortedMap<Cell, Supply> supply(WorkDirectory work, int threads, TaskProgress progress) throws IOException {
        Map<Cell, long[]> counts = new HashMap<>();
        long[] done = new long[1];
        try (OrderedWork<Map<Cell, long[]>> counters = new OrderedWork<>(threads, part -> {
            part.forEach((cell, more) -> add(counts, cell, more[0], more[1]));
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
        SortedMap<Cell, Supply> supply = new TreeMap<>();
        counts.forEach((cell, count) -> supply.put(cell, new Supply(count[0], count[1])));
        return supply;
    }

    private Map<Cell, long[]> count(List<Material> materials) {
        Map<Cell, long[]> counts = new HashMap<>();
        for (Material material : materials) {
            for (Material.Candidate candidate : material.candidates(workshop)) {
                add(counts, candidate.cell(), 1, candidate.characters());
            }
        }
        return counts;
    }

    private static void add(Map<Cell, long[]> counts, Cell cell, long candidates, long characters) {
        long[] count = counts.computeIfAbsent(cell, c -> new long[2]);
        count[0] += candidates;
        count[1] += characters;
    }
}

package org.bayling.corpus.build;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.CellTable;
import org.bayling.corpus.mixture.MixturePlan;
import org.bayling.corpus.quality.FilterReport;
import org.bayling.corpus.quality.Verdict;
import org.bayling.corpus.source.SourceItem;
import org.bayling.data.CorpusManifest;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;

/**
 * The steps of a {@link PartedBuild} that can be done in many places at once, each on one source, part or shard. A step is
 * a pure function of the recipe, the sources and the files that earlier steps left in the folder, which every place must
 * see; done twice, even at the same time, it leaves the same files. May be used by several threads.
 */
public final class PartWork {
    private final CorpusRecipe recipe;
    private final Path folder;
    private final PartFiles files;
    private final Equipment equipment;
    private Filters filters;
    private MixturePlan plan;

    /**
     * @param folder as {@link PartedBuild#folder} gives it
     * @throws IOException when a source that names languages of its own cannot be read
     */
    public PartWork(CorpusRecipe recipe, LanguageRegistry registry, Path folder) throws IOException {
        this.recipe = recipe;
        this.folder = folder;
        this.files = new PartFiles(folder.resolve(WorkDirectory.PARTS));
        this.equipment = new Equipment(recipe, registry);
    }

    /** What {@link #judge} removed. */
    public record Judged(FilterReport losses) implements Serializable {}

    /**
     * What {@link #keep} left.
     *
     * @param items how many
     * @param sha256 of them
     * @param sentences among them, and the last two of these
     */
    public record Kept(
            long items,
            byte[] sha256,
            long sentences,
            List<SourceItem.Parallel> last,
            FilterReport losses,
            ScriptCounts scripts)
            implements Serializable {}

    /**
     * Reads a source and cuts it into parts.
     *
     * @param source index in the recipe
     * @return items that it has
     * @throws IOException naming file and line where the data is not what the recipe says
     */
    public long read(int source) throws IOException {
        try (PartCutter parts = new PartCutter(files, source)) {
            equipment.sources().get(source).read(parts::add);
            return parts.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Asks the filters that look at each item alone. */
    public Judged judge(Part part) throws IOException {
        List<SourceItem> items = new ArrayList<>();
        ItemStore.read(files.of(PartFiles.Content.ITEMS, part), items::add);
        Filters.Judged judged = filters().judge(items);
        try (ItemStore.Writer left = writer(PartFiles.Content.JUDGED, part);
                AtomicFile sketches = atomic(PartFiles.Content.SKETCHES, part);
                DataOutputStream numbers = data(sketches)) {
            for (Filters.Left item : judged.left()) {
                left.add(item.item());
                for (long[] sketch : item.sketches()) {
                    numbers.writeInt(sketch.length);
                    for (long number : sketch) {
                        numbers.writeLong(number);
                    }
                }
            }
            numbers.flush();
            sketches.publish();
            left.publish();
        }
        AtomicFile.write(
                files.of(PartFiles.Content.CONTAMINATED, part), String.join("", judged.contaminated()), FaultPoint.NONE);
        return new Judged(judged.losses());
    }

    /** Leaves out what is like earlier items. */
    public Kept keep(Part part) throws IOException {
        FilterReport losses = filters().report();
        ScriptCounts scripts = new ScriptCounts();
        List<SourceItem.Parallel> sentences = new ArrayList<>();
        long[] items = new long[1];
        try (DataInputStream verdicts = new DataInputStream(
                        new BufferedInputStream(Files.newInputStream(files.of(PartFiles.Content.VERDICTS, part))));
                ItemStore.Writer store = writer(PartFiles.Content.KEPT, part)) {
            ItemStore.read(files.of(PartFiles.Content.JUDGED, part), item -> {
                String filter = verdicts.readUTF();
                if (!filter.isEmpty()) {
                    losses.removed(item, new Verdict.Drop(filter, verdicts.readUTF()));
                    return;
                }
                items[0]++;
                scripts.add(item);
                store.add(item);
                if (Material.Cutter.isOfText(item)) {
                    sentences.add((SourceItem.Parallel) item);
                }
            });
            byte[] sha256 = store.endPart();
            store.publish();
            List<SourceItem.Parallel> last =
                    List.copyOf(sentences.subList(Math.max(0, sentences.size() - 2), sentences.size()));
            return new Kept(items[0], sha256, sentences.size(), last, losses, scripts);
        }
    }

    /** Counts what can be made. */
    public Part count(Part part) throws IOException {
        SupplyCount count = new SupplyCount();
        ItemStore.read(
                files.of(PartFiles.Content.KEPT, part),
                new Material.Cutter(material -> count.add(material, equipment.workshop()), begun(part)));
        ObjectNode table = CellTable.json(count.cells());
        AtomicFile.write(files.of(PartFiles.Content.SUPPLY, part), table.toString(), FaultPoint.NONE);
        return part;
    }

    /** Makes the samples that the plan draws from a part; close it. */
    public MadeSamples make(Part part) throws IOException {
        MixturePlan plan = plan();
        SortedMap<Cell, long[]> before =
                CellTable.read(WorkDirectory.JSON.readTree(files.of(PartFiles.Content.BEFORE, part).toFile()));
        return new MadeSamples(
                files.of(PartFiles.Content.KEPT, part),
                begun(part),
                new Draws(plan, recipe.seed(), before),
                new SampleMaker(recipe.seed(), equipment.workshop()),
                files.of(PartFiles.Content.TALLY, part));
    }

    /**
     * Writes a shard.
     *
     * @param lines all that belong into it, in the order of their places
     */
    public CorpusManifest.Shard write(int shard, Iterator<byte[]> lines) throws IOException {
        Path file = folder.resolve(WorkDirectory.CORPUS).resolve(Writing.name(shard));
        CorpusManifest.Shard written = Writing.write(file, lines, recipe.samplesPerFrame(), FaultPoint.NONE);
        long expected = Math.min(recipe.samplesPerShard(), plan().samples() - (long) shard * recipe.samplesPerShard());
        if (written.samples() != expected) {
            throw new IllegalStateException(
                    file.getFileName() + " got " + written.samples() + " samples where " + expected + " are planned");
        }
        return written;
    }

    private List<SourceItem.Parallel> begun(Part part) throws IOException {
        List<SourceItem.Parallel> begun = new ArrayList<>();
        ItemStore.read(files.of(PartFiles.Content.BEGUN, part), item -> begun.add((SourceItem.Parallel) item));
        return begun;
    }

    private ItemStore.Writer writer(PartFiles.Content content, Part part) throws IOException {
        return new ItemStore.Writer(files.of(content, part), FaultPoint.NONE);
    }

    private AtomicFile atomic(PartFiles.Content content, Part part) throws IOException {
        return AtomicFile.open(files.of(content, part), FaultPoint.NONE);
    }

    private static DataOutputStream data(AtomicFile file) {
        return new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file.content()), 1 << 16));
    }

    private synchronized Filters filters() throws IOException {
        if (filters == null) {
            filters = equipment.filters();
        }
        return filters;
    }

    /** The same in every place, as it follows from what was gathered. */
    private synchronized MixturePlan plan() throws IOException {
        if (plan == null) {
            Gathered gathered = Gathered.of(
                    WorkDirectory.JSON.readTree(folder.resolve(WorkDirectory.GATHERED).toFile()));
            plan = recipe.planned(gathered.supply());
        }
        return plan;
    }
}

package org.bayling.corpus.build;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.mixture.CellTable;
import org.bayling.corpus.mixture.MixturePlan;
import org.bayling.corpus.quality.FilterReport;
import org.bayling.corpus.quality.Verdict;
import org.bayling.corpus.source.SourceItem;
import org.bayling.corpus.source.SourceRecipe;
import org.bayling.data.CorpusManifest;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileTree;

/**
 * A build whose work is done in many places at once, with the bytes of {@link CorpusBuild}: what one place must do between
 * the steps of {@link PartWork}. Whoever runs it calls, until {@link #isGathered}, {@link #read}, {@link #judged},
 * {@link #kept} and {@link #counted}, each with the results of that step in the order of {@link #sources} or
 * {@link #parts}; then {@link #publish}.
 *
 * <p>Memory: what duplicates are looked for among, as in {@link CorpusBuild}, and the counts of one part.
 */
public final class PartedBuild implements AutoCloseable {
    private final CorpusRecipe recipe;
    private final WorkDirectory work;
    private final PartFiles files;
    private final Filters filters;
    private final FilterReport report;
    private final ScriptCounts scripts = new ScriptCounts();
    private final ItemsDigest digest = new ItemsDigest();
    private final long[] read;
    private final long[] kept;

    private PartedBuild(CorpusRecipe recipe, WorkDirectory work, Filters filters) {
        this.recipe = recipe;
        this.work = work;
        this.files = new PartFiles(work.parts());
        this.filters = filters;
        this.report = filters.report();
        this.read = new long[recipe.sources().size()];
        this.kept = new long[recipe.sources().size()];
    }

    /**
     * Begins a build, or goes on behind the last step of one that was killed, if that step ended a stage.
     *
     * @param target the folder that will be the corpus; every place must see the folder it lies in
     * @throws IOException when the corpus is there already, or what the recipe names cannot be read
     */
    public static PartedBuild open(CorpusRecipe recipe, LanguageRegistry registry, Path target) throws IOException {
        Filters filters = new Equipment(recipe, registry).filters();
        WorkDirectory work = WorkDirectory.open(target, BuildKey.of(recipe).inParts(), FaultPoint.NONE);
        PartedBuild build = new PartedBuild(recipe, work, filters);
        Optional<JsonNode> gathered = work.stage(WorkDirectory.GATHERED);
        if (gathered.isPresent()) {
            List<Gathered.SourceCount> counts = Gathered.of(gathered.get()).sources();
            build.read(counts.stream().map(Gathered.SourceCount::read).toList());
        }
        return build;
    }

    /** Whether a build of this recipe gave the corpus its name and was killed before it had cleaned up, which is done here. */
    public static boolean wasPublished(CorpusRecipe recipe, Path target) throws IOException {
        return WorkDirectory.wasPublished(target, BuildKey.of(recipe).inParts());
    }

    /** What {@link PartWork} is given. */
    public Path folder() {
        return work.folder();
    }

    /** Indices of the sources. */
    public List<Integer> sources() {
        return IntStream.range(0, read.length).boxed().toList();
    }

    /** All parts in order, once the sources are read. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int source = 0; source < read.length; source++) {
            for (int part = 0; (long) part * ItemsDigest.PART < read[source]; part++) {
                parts.add(new Part(source, part));
            }
        }
        return parts;
    }

    /** Whether all steps up to {@link #counted} are done. */
    public boolean isGathered() throws IOException {
        return work.stage(WorkDirectory.GATHERED).isPresent();
    }

    /** Items of each source. */
    public void read(List<Long> items) {
        for (int source = 0; source < read.length; source++) {
            read[source] = items.get(source);
        }
    }

    /** Looks for duplicates among what the parts left. */
    public void judged(List<PartWork.Judged> results) throws IOException {
        results.forEach(result -> report.merge(result.losses()));
        FileTree.delete(files.folder(PartFiles.Content.ITEMS));
        Files.createDirectories(files.folder(PartFiles.Content.VERDICTS));
        try (OutputStream contaminated = Files.newOutputStream(work.contaminated())) {
            for (Part part : parts()) {
                Files.copy(files.of(PartFiles.Content.CONTAMINATED, part), contaminated);
                compare(part);
            }
        }
    }

    private void compare(Part part) throws IOException {
        try (DataInputStream numbers = new DataInputStream(
                        new BufferedInputStream(Files.newInputStream(files.of(PartFiles.Content.SKETCHES, part))));
                DataOutputStream verdicts = new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(files.of(PartFiles.Content.VERDICTS, part))))) {
            ItemStore.read(files.of(PartFiles.Content.JUDGED, part), item -> {
                Optional<Verdict.Drop> drop = filters.offer(sketches(numbers));
                verdicts.writeUTF(drop.map(Verdict.Drop::filter).orElse(""));
                if (drop.isPresent()) {
                    verdicts.writeUTF(drop.get().reason());
                }
            });
        }
    }

    private List<long[]> sketches(DataInputStream numbers) throws IOException {
        List<long[]> sketches = new ArrayList<>(filters.sketches());
        for (int i = 0; i < filters.sketches(); i++) {
            long[] sketch = new long[numbers.readInt()];
            for (int n = 0; n < sketch.length; n++) {
                sketch[n] = numbers.readLong();
            }
            sketches.add(sketch);
        }
        return sketches;
    }

    /** Adds up what is left, and says where texts of several sentences are cut. */
    public void kept(List<PartWork.Kept> results) throws IOException {
        List<Part> parts = parts();
        List<SourceItem.Parallel> begun = List.of();
        for (int i = 0; i < parts.size(); i++) {
            PartWork.Kept result = results.get(i);
            report.merge(result.losses());
            scripts.plus(result.scripts());
            digest.add(result.sha256());
            kept[parts.get(i).source()] += result.items();
            try (ItemStore.Writer writer =
                    new ItemStore.Writer(files.of(PartFiles.Content.BEGUN, parts.get(i)), FaultPoint.NONE)) {
                for (SourceItem.Parallel sentence : begun) {
                    writer.add(sentence);
                }
                writer.publish();
            }
            begun = Material.Cutter.begun(begun, result.sentences(), result.last());
        }
        FileTree.delete(files.folder(PartFiles.Content.JUDGED));
        FileTree.delete(files.folder(PartFiles.Content.SKETCHES));
        FileTree.delete(files.folder(PartFiles.Content.VERDICTS));
    }

    /** Adds up what can be made, which ends the stage. */
    public void counted() throws IOException {
        SupplyCount all = new SupplyCount();
        for (Part part : parts()) {
            String before = CellTable.json(all.cells()).toString();
            AtomicFile.write(files.of(PartFiles.Content.BEFORE, part), before, FaultPoint.NONE);
            all.plus(CellTable.read(WorkDirectory.JSON.readTree(files.of(PartFiles.Content.SUPPLY, part).toFile())));
        }
        List<Gathered.SourceCount> counts = new ArrayList<>();
        for (int i = 0; i < read.length; i++) {
            SourceRecipe source = recipe.sources().get(i);
            counts.add(new Gathered.SourceCount(source.id(), source.licence(), read[i], kept[i]));
        }
        Gathered gathered = new Gathered(
                digest.hex(), counts, all.supply(), scripts.sorted(), Gathered.filters(report.rows()));
        work.finish(WorkDirectory.GATHERED, gathered.json());
    }

    /**
     * The mixture.
     *
     * @throws IOException when the shares cannot be met
     */
    public MixturePlan plan() throws IOException {
        return recipe.planned(gathered().supply());
    }

    private Gathered gathered() throws IOException {
        return Gathered.of(work.stage(WorkDirectory.GATHERED).orElseThrow());
    }

    /** Writes what is beside the shards and gives the corpus its name. */
    public void publish(List<CorpusManifest.Shard> shards) throws IOException {
        Tally tally = new Tally();
        for (Part part : parts()) {
            tally.plus(Tally.of(WorkDirectory.JSON.readTree(files.of(PartFiles.Content.TALLY, part).toFile())));
        }
        work.finish(WorkDirectory.GENERATED, tally.json());
        new Publication(work, recipe, gathered(), plan(), tally).write(shards);
        work.publish();
    }

    /** Leaves what a later build can go on with. */
    @Override
    public void close() throws IOException {
        work.close();
    }
}

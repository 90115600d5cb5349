package org.bayling.corpus.build;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.mixture.MixturePlan;
import org.bayling.data.CorpusManifest;
import org.bayling.io.FaultPoint;
import org.bayling.observe.TaskProgress;

/**
 * Builds a corpus: the door to this package, whose page tells the stages and the YAML.
 *
 * <p>A build that was killed is taken up again by the same call, with the same bytes as a result; the number of threads
 * changes none of them.
 */
public final class CorpusBuild {
    private final CorpusRecipe recipe;
    private final Path target;
    private final int threads;
    private final TaskProgress progress;
    private final FaultPoint faults;
    private final Equipment equipment;

    /**
     * @param target the folder that will be the corpus; must not exist
     * @param threads that work, besides the one that calls
     * @throws IOException when a source that names languages of its own cannot be read
     */
    public CorpusBuild(CorpusRecipe recipe, LanguageRegistry registry, Path target, int threads, TaskProgress progress)
            throws IOException {
        this(recipe, registry, target, threads, progress, FaultPoint.NONE);
    }

    CorpusBuild(
            CorpusRecipe recipe,
            LanguageRegistry registry,
            Path target,
            int threads,
            TaskProgress progress,
            FaultPoint faults)
            throws IOException {
        this.recipe = recipe;
        this.target = target;
        this.threads = threads;
        this.progress = progress;
        this.faults = faults;
        this.equipment = new Equipment(recipe, registry);
    }

    /**
     * Builds.
     *
     * @param planned is told the plan before anything of the corpus is written
     * @return the manifest of the corpus that is there now
     * @throws IOException when the sources or the mixture are at fault; nothing is published then
     */
    public CorpusManifest run(Consumer<MixturePlan> planned) throws IOException {
        BuildKey key = BuildKey.of(recipe);
        if (WorkDirectory.wasPublished(target, key)) {
            return CorpusManifest.read(target);
        }
        try (WorkDirectory work = WorkDirectory.open(target, key, faults)) {
            Gathered gathered = gathered(work);
            MixturePlan plan = recipe.planned(gathered.supply());
            planned.accept(plan);
            Buckets.Layout layout = Buckets.Layout.of(work.buckets(), plan.samples(), recipe.samplesPerShard());
            Writing writing = new Writing(work, layout, recipe.samplesPerShard(), recipe.samplesPerFrame());
            Tally tally = generated(work, plan, layout, writing);
            List<CorpusManifest.Shard> shards = writing.run(threads, progress);
            new Publication(work, recipe, gathered, plan, tally).write(shards);
            work.publish();
        }
        return CorpusManifest.read(target);
    }

    /**
     * Decides and stops. What was read is kept beside the target for the build to go on with.
     *
     * @throws IOException as {@link #run}
     */
    public MixturePlan plan() throws IOException {
        try (WorkDirectory work = WorkDirectory.open(target, BuildKey.of(recipe), faults)) {
            return recipe.planned(gathered(work).supply());
        }
    }

    private Gathered gathered(WorkDirectory work) throws IOException {
        Optional<JsonNode> found = work.stage(WorkDirectory.GATHERED);
        if (found.isPresent()) {
            return Gathered.of(found.get());
        }
        Gathered gathered = new Gathering(equipment.sources(), equipment.filters(), equipment.workshop())
                .run(work, threads, progress);
        work.finish(WorkDirectory.GATHERED, gathered.json());
        return gathered;
    }

    private Tally generated(WorkDirectory work, MixturePlan plan, Buckets.Layout layout, Writing writing)
            throws IOException {
        Optional<JsonNode> found = work.stage(WorkDirectory.GENERATED);
        if (found.isPresent()) {
            if (writing.canGoOn()) {
                return Tally.of(found.get());
            }
            work.forget(WorkDirectory.GENERATED);
        }
        Tally tally = new Generation(plan, recipe.seed(), equipment.workshop()).run(work, layout, threads, progress);
        work.finish(WorkDirectory.GENERATED, tally.json());
        return tally;
    }
}

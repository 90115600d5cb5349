package org.bayling.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.bayling.config.ConfigException;
import org.bayling.config.RecipeNode;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.build.CorpusRecipe;
import org.bayling.corpus.build.CorpusRecipeReader;
import org.bayling.corpus.build.PartWork;
import org.bayling.corpus.build.PartedBuild;
import org.bayling.corpus.mixture.MixturePlan;
import org.bayling.data.CorpusManifest;

/** Builds a corpus on Spark; the package page tells the steps. */
final class SparkCorpusBuild {
    private final JavaSparkContext spark;
    private final Path file;
    private final List<String> overrides;
    private final Path target;
    private final int partitions;

    /**
     * @param file the recipe
     * @param overrides {@code key=value}, laid over the file
     * @param target the folder that will be the corpus; must not exist
     * @param partitions tasks of a step over parts, at most
     */
    SparkCorpusBuild(JavaSparkContext spark, Path file, List<String> overrides, Path target, int partitions) {
        this.spark = spark;
        this.file = file;
        this.overrides = List.copyOf(overrides);
        this.target = target.toAbsolutePath();
        this.partitions = partitions;
    }

    /** A step over one source or part, done by an executor. */
    private interface Step<T, R> extends Serializable {
        R run(PartWork work, T argument) throws IOException;
    }

    /**
     * Builds.
     *
     * @param planned is told the plan before anything of the corpus is written
     * @return the manifest of the corpus that is there now
     * @throws IOException when the sources or the mixture are at fault; nothing is published then
     */
    CorpusManifest run(Consumer<MixturePlan> planned) throws ConfigException, IOException {
        LanguageRegistry registry = new LanguageRegistry();
        CorpusRecipe recipe = CorpusRecipeReader.read(file, overrides, registry);
        if (PartedBuild.wasPublished(recipe, target)) {
            return CorpusManifest.read(target);
        }
        try (PartedBuild build = PartedBuild.open(recipe, registry, target)) {
            Broadcast<Workplace> workplace = spark.broadcast(workplace(recipe, build.folder()));
            if (!build.isGathered()) {
                gather(build, workplace);
            }
            MixturePlan plan = build.plan();
            planned.accept(plan);
            build.publish(shards(build, new ShardPartitioner(plan.samples(), recipe.samplesPerShard()), workplace));
        }
        return CorpusManifest.read(target);
    }

    /** Relative paths of a recipe are the driver's; an executor has another current directory. */
    private Workplace workplace(CorpusRecipe recipe, Path folder) throws ConfigException, IOException {
        String root = RecipeNode.read(file, overrides).optionalText("root").orElse("");
        List<String> all = new ArrayList<>(overrides);
        all.add("root=" + Path.of(root).toAbsolutePath());
        return new Workplace(Files.writeString(folder.resolve("recipe.yaml"), recipe.text()), all, folder);
    }

    private void gather(PartedBuild build, Broadcast<Workplace> workplace) throws IOException {
        build.read(each("reading sources", workplace, build.sources(), build.sources().size(), PartWork::read));
        build.judged(each("filtering", workplace, build.parts(), partitions, PartWork::judge));
        build.kept(each("leaving out duplicates", workplace, build.parts(), partitions, PartWork::keep));
        each("counting what can be made", workplace, build.parts(), partitions, PartWork::count);
        build.counted();
    }

    private <T, R> List<R> each(
            String name, Broadcast<Workplace> workplace, List<T> arguments, int tasks, Step<T, R> step)
            throws IOException {
        spark.sc().setJobDescription(name);
        JavaRDD<Outcome<R>> outcomes = spark.parallelize(arguments, Math.max(1, tasks))
                .map(argument -> Outcome.of(() -> step.run(workplace.value().work(), argument)));
        List<R> results = new ArrayList<>();
        for (Outcome<R> outcome : collected(outcomes)) {
            results.add(outcome.get());
        }
        return results;
    }

    private List<CorpusManifest.Shard> shards(
            PartedBuild build, ShardPartitioner partitioner, Broadcast<Workplace> workplace) throws IOException {
        spark.sc().setJobDescription("making samples and writing shards");
        JavaPairRDD<Long, byte[]> samples = spark.parallelize(build.parts(), Math.max(1, partitions))
                .mapPartitionsToPair(
                        parts -> new SamplesOfParts(workplace.value().work(), parts, TaskContext.get()));
        return collected(samples.repartitionAndSortWithinPartitions(partitioner)
                .values()
                .mapPartitionsWithIndex(
                        (shard, lines) -> List.of(workplace.value().work().write(shard, lines)).iterator(), true));
    }

    /** Tells what went wrong in a task as that task told it. */
    private static <R> List<R> collected(JavaRDD<R> results) throws IOException {
        try {
            return results.collect();
        } catch (Exception e) { // Scala declares none, and throws a checked one.
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof IOException problem) {
                    throw problem;
                }
            }
            throw new IOException("Spark gave up: " + e.getMessage(), e);
        }
    }
}

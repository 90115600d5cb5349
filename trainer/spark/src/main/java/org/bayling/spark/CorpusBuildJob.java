package org.bayling.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bayling.config.ConfigException;
import org.bayling.corpus.build.PlanTable;
import org.bayling.data.CorpusManifest;
import org.bayling.io.RunLockedException;

/**
 * {@code corpus build} on a cluster: {@code spark-submit --class org.bayling.spark.CorpusBuildJob bayling-spark.jar
 * RECIPE [key=value ...] --output DIR [--partitions N]}. The exit codes are those of {@code bayling-train}.
 */
public final class CorpusBuildJob {
    private static final int DONE = 0;
    private static final int USAGE = 2;
    private static final int DATA = 10;
    private static final int ENVIRONMENT = 11;

    private final PrintStream out;
    private final PrintStream err;

    CorpusBuildJob(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs and exits. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int code = new CorpusBuildJob(out, err).run(args, new SparkConf());
        if (code != DONE) {
            System.exit(code);
        }
    }

    /** @return the exit code */
    int run(String[] args, SparkConf conf) {
        try {
            JobArguments arguments = JobArguments.of(args);
            conf.setIfMissing("spark.app.name", "BayLing corpus");
            // Kryo cannot write the records that tasks give.
            conf.set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
            try (JavaSparkContext spark = new JavaSparkContext(conf)) {
                build(spark, arguments);
            }
            return DONE;
        } catch (IllegalArgumentException | ConfigException e) {
            return failed(USAGE, e.getMessage());
        } catch (FileAlreadyExistsException e) {
            return failed(ENVIRONMENT, e.getFile() + ": is there already; choose another name or move it away");
        } catch (NoSuchFileException e) {
            return failed(DATA, e.getFile() + ": there is no such file or directory");
        } catch (RunLockedException | FileSystemException e) {
            return failed(ENVIRONMENT, e.getMessage());
        } catch (IOException e) {
            return failed(DATA, e.getMessage());
        }
    }

    private void build(JavaSparkContext spark, JobArguments arguments) throws ConfigException, IOException {
        int partitions = arguments.partitions().orElse(4 * spark.defaultParallelism());
        SparkCorpusBuild build =
                new SparkCorpusBuild(spark, arguments.recipe(), arguments.overrides(), arguments.output(), partitions);
        CorpusManifest manifest = build.run(plan -> out.println(PlanTable.of(plan)));
        out.println(manifest.samples() + " samples in " + manifest.shards().size() + " shards: " + manifest.folder());
    }

    private int failed(int code, String message) {
        err.println("bayling-spark: " + message);
        return code;
    }
}

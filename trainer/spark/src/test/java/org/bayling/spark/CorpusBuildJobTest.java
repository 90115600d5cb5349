package org.bayling.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class CorpusBuildJobTest {
    @Test
    void argumentsAreThoseOfCorpusBuildAndThePartitions() {
        assertThat(JobArguments.of("r.yaml", "--output", "out", "seed=4", "--partitions", "12", "mixture.samples=9"))
                .isEqualTo(new JobArguments(
                        Path.of("r.yaml"), List.of("seed=4", "mixture.samples=9"), Path.of("out"), OptionalInt.of(12)));
    }

    @Test
    void wrongUsageIsToldBeforeSparkIsStarted() {
        assertThat(usage("--output", "out")).contains("no recipe is given");
        assertThat(usage("r.yaml")).contains("no --output is given");
        assertThat(usage("r.yaml", "--output")).contains("--output has no value");
        assertThat(usage("r.yaml", "--output", "out", "seed")).contains("\"seed\" is no key=value");
        assertThat(usage("r.yaml", "--output", "out", "--partitions", "many")).contains("many is no number");
        assertThat(usage("r.yaml", "--output", "out", "--partitions", "0")).contains("0 is not above 0");
    }

    private static String usage(String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertThat(new CorpusBuildJob(stream, stream).run(args, new SparkConf(false))).isEqualTo(2);
        return err.toString(StandardCharsets.UTF_8);
    }
}

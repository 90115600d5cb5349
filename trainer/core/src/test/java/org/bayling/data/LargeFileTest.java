package org.bayling.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bayling.config.DataConfig.Overlong;
import org.bayling.numeric.Rng;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file larger than the heap goes through: run with {@code -Dbayling.large.mib=2048 -DargLine=-Xmx512m}. The figures
 * are in the test's report.
 */
@Tag("large")
@EnabledIfSystemProperty(named = "bayling.large.mib", matches = "\\d+")
class LargeFileTest {
    @TempDir
    Path folder;

    @Test
    void fileLargerThanTheHeapIsReadAndAnyStepFound(TestReporter reporter) throws Exception {
        long bytes = Long.getLong("bayling.large.mib") << 20;
        Path file = folder.resolve("large.jsonl");
        long rows = write(file, bytes);
        DataSettings settings = DataSettings.of(DataSettings.alpaca("large", file))
                .cutoff(2048, Overlong.TRUNCATE)
                .packed();
        long start = System.nanoTime();
        try (TrainingData data = TrainingData.open(
                        settings.config(), DataSettings.batches(1, 8), 1, new LetterEncoder(), folder.resolve("cache"), 2,
                        ReadProgress.NONE);
                BatchStream train = data.train()) {
            Duration read = Duration.ofNanos(System.nanoTime() - start);
            assertThat(data.report().total().used()).isEqualTo(rows);
            start = System.nanoTime();
            long steps = train.stepsPerEpoch();
            Duration planned = Duration.ofNanos(System.nanoTime() - start);
            start = System.nanoTime();
            for (int jump = 0; jump < 100; jump++) {
                assertThat(train.step(steps * jump / 100)).isNotEmpty();
            }
            Duration jumps = Duration.ofNanos(System.nanoTime() - start);
            reporter.publishEntry("large", String.format(
                    "%d MiB, %d rows, heap at most %d MiB: read in %.1f s, packing plan %.2f s, a jump %.2f ms, %.1f%% full",
                    bytes >> 20, rows, Runtime.getRuntime().maxMemory() >> 20, read.toMillis() / 1e3,
                    planned.toMillis() / 1e3, jumps.toNanos() / 1e8, 100 * data.plan().fillRate()));
        }
    }

    private static long write(Path file, long bytes) throws Exception {
        String[] words = {"river", "मौसम", "天气", "tywydd", "погода", "hali", "🙂", "because", "sööma", "ላይ"};
        long rows = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (long written = 0; written < bytes; rows++) {
                StringBuilder text = new StringBuilder();
                long length = 10 + Rng.below(300, 5, rows);
                for (long i = 0; i < length; i++) {
                    text.append(words[(int) Rng.below(words.length, rows, i)]).append(' ');
                }
                String row = "{\"instruction\":\"row " + rows + "\",\"output\":\"" + text + "\"}\n";
                out.write(row);
                written += row.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return rows;
    }
}

package org.bayling.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bayling.observe.RunEvent.Stepped;
import org.bayling.observe.RunEvent.Warned;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlLogTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("log.jsonl");
    }

    private JsonlLog open(long resumeStep) throws IOException {
        return JsonlLog.open(
                file, resumeStep, InstantSource.fixed(NOW), () -> Optional.of(new ProcessMemory(1024, 2048)));
    }

    private void steps(long resumeStep, long from, long to, int millis) throws IOException {
        try (JsonlLog log = open(resumeStep)) {
            log.on(Events.started(from, 8));
            for (long step = from; step <= to; step++) {
                log.on(Events.step(step, Duration.ofMillis(millis)));
                if (step % 2 == 0) {
                    log.on(Events.evaluated(step, 3.0 / step, true));
                    log.on(Events.saved(step));
                }
            }
        }
    }

    @Test
    void stepRowHasTheKnownKeysInOrder() throws IOException {
        steps(0, 1, 1, 500);

        assertThat(Files.readAllLines(file).get(1)).isEqualTo("{\"event\":\"step\",\"current_steps\":1,"
                + "\"total_steps\":8,\"loss\":4.0,\"lr\":2.0E-4,\"epoch\":0.1,\"percentage\":12.5,"
                + "\"total_tokens\":100,\"tokens\":100,\"trained_tokens\":50,\"grad_norm\":0.5,\"skipped\":false,"
                + "\"sample_digest\":\"d1\",\"groups\":{"
                + "\"language/de\":{\"loss\":4.0,\"tokens\":30,\"bytes\":90,\"bits_per_byte\":1.923593387851951},"
                + "\"language/zh\":{\"loss\":4.0,\"tokens\":20}},"
                + "\"elapsed_time\":\"0:00:00\",\"remaining_time\":\"0:00:03\",\"throughput\":200.0,"
                + "\"step_time\":0.5,\"rss_bytes\":1024,\"time\":\"2026-01-02T03:04:05.678Z\"}");
    }

    @Test
    void evaluationRowHasItsLossAndNoTrainingLoss() throws IOException {
        steps(0, 1, 2, 500);

        assertThat(Files.readAllLines(file).get(3))
                .startsWith("{\"event\":\"eval\",\"current_steps\":2,\"total_steps\":8,\"eval_loss\":1.5,")
                .doesNotContain("\"loss\":");
    }

    @Test
    void numbersThatAreNotFiniteAreStringsInAMarkedRowAndComeBack() throws IOException {
        Stepped bad = Events.step(1, Double.NaN, Duration.ofSeconds(1), true);
        try (JsonlLog log = open(0)) {
            log.on(bad);
            log.on(Events.step(2, Double.NEGATIVE_INFINITY, Duration.ofSeconds(1), true));
            log.on(Events.step(3, 1, Duration.ofSeconds(1), false));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).contains("\"loss\":\"NaN\"", "\"nonfinite\":true", "\"skipped\":true");
        assertThat(lines.get(1)).contains("\"loss\":\"-Infinity\"", "\"nonfinite\":true");
        assertThat(lines.get(2)).doesNotContain("nonfinite");
        List<RunEvent> events = new ArrayList<>();
        JsonlLog.replay(file, events::add);
        assertThat(events.get(0)).isEqualTo(bad);
    }

    @Test
    void everyEventComesBackFromItsRow() throws IOException {
        List<RunEvent> events = List.of(
                Events.started(1, 8),
                Events.step(1, Duration.ofMillis(123)),
                Events.evaluated(1, 2.5, true),
                new RunEvent.Saved(1, Path.of("step-1"), 77, Duration.ofMillis(5)),
                new Warned("three \"rows\"\nwere left out: 中文"),
                Events.done(1));
        try (JsonlLog log = open(0)) {
            for (RunEvent event : events) {
                log.on(event);
            }
        }
        List<RunEvent> back = new ArrayList<>();
        JsonlLog.replay(file, back::add);
        assertThat(back).isEqualTo(events);
    }

    @Test
    void resumedLogEqualsAnUninterruptedOneButForWallTime() throws IOException {
        steps(0, 1, 8, 500);
        List<String> whole = JsonlLog.comparable(file);
        Files.delete(file);

        steps(0, 1, 7, 300);
        steps(4, 5, 8, 900);

        assertThat(JsonlLog.comparable(file)).isEqualTo(whole).hasSize(12);
        assertThat(Files.readAllLines(file).get(1)).isNotEqualTo(whole.get(0));
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".tmp"));
    }

    @Test
    void elapsedTimeGoesOnOverAResume() throws IOException {
        steps(0, 1, 7, 10_000);
        steps(4, 5, 5, 10_000);

        List<String> lines = Files.readAllLines(file);
        // five steps of ten seconds, two evaluations of 2.5 and two checkpoints of 0.3
        assertThat(lines.get(lines.size() - 1)).contains("\"current_steps\":5", "\"elapsed_time\":\"0:00:55\"");
    }

    @Test
    void newRunDropsEverythingOfAnOlderOne() throws IOException {
        steps(0, 1, 3, 500);
        steps(0, 1, 1, 500);

        assertThat(JsonlLog.comparable(file)).hasSize(1);
    }

    @Test
    void tornLastLineIsRemovedOnResumeAndPassedOverOnReading() throws IOException {
        steps(0, 1, 4, 500);
        Files.writeString(file, "{\"event\":\"step\",\"current_st", StandardOpenOption.APPEND);
        assertThat(JsonlLog.comparable(file)).hasSize(6);

        steps(4, 5, 5, 500);

        assertThat(Files.readString(file)).doesNotContain("current_st{").endsWith("}\n");
        assertThat(JsonlLog.comparable(file)).hasSize(7);
    }

    @Test
    void rowCutShortJustBeforeItsLineFeedGetsOne() throws IOException {
        steps(0, 1, 4, 500);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 1));

        steps(4, 5, 5, 500);

        assertThat(JsonlLog.comparable(file)).hasSize(7);
    }

    @Test
    void damagedLineBeyondTheCheckpointIsDroppedWithTheRest() throws IOException {
        steps(0, 1, 4, 500);
        Files.writeString(file, "\0\0\0\n{\"event\":\"step\",\"current_steps\":6}\n", StandardOpenOption.APPEND);

        steps(4, 5, 5, 500);

        assertThat(JsonlLog.comparable(file)).hasSize(7);
    }

    @Test
    void damagedLineThatIsNeededIsRefusedWithFileAndLineAndTheFileIsLeftAsItWas() throws IOException {
        steps(0, 1, 4, 500);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(2, "garbage");
        Files.write(file, lines);

        assertThatThrownBy(() -> open(4)).isInstanceOf(IOException.class).hasMessageContaining("log.jsonl:3:");
        assertThat(Files.readAllLines(file)).isEqualTo(lines);
    }

    @Test
    void eachRowIsInTheFileBeforeTheNextEvent() throws IOException {
        try (JsonlLog log = open(0)) {
            log.on(Events.step(1, Duration.ofSeconds(1)));
            assertThat(Files.readAllLines(file)).hasSize(1);
            log.on(new Warned("careful"));
            assertThat(Files.readAllLines(file)).hasSize(2);
            log.sync();
        }
    }

    @Test
    void groupWithoutTokensDoesNotStopTheLog() throws IOException {
        Stepped step = Events.step(1, Duration.ofSeconds(1));
        Stepped empty = new Stepped(
                1, 0, 1, 1, 1, 1, 0, 1, step.duration(), Map.of("x", new RunEvent.GroupLoss(0, 0, 0)), "", false);
        try (JsonlLog log = open(0)) {
            log.on(empty);
        }
        assertThat(Files.readString(file)).contains("\"x\":{\"loss\":\"NaN\",\"nonfinite\":true,\"tokens\":0}");
    }
}

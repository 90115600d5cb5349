package org.bayling.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bayling.observe.RunEvent.Warned;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private ConsoleProgress progress(boolean terminal, Map<String, String> environment, int loggingSteps) {
        return new ConsoleProgress(
                Terminal.of(out, terminal, environment),
                loggingSteps,
                () -> Optional.of(new ProcessMemory(3L << 30, 4L << 30)));
    }

    private void run(ConsoleProgress progress) {
        progress.on(Events.started(1, 4));
        for (int step = 1; step <= 4; step++) {
            progress.on(Events.step(step, step == 3 ? Double.NaN : 4.0 / step, Duration.ofSeconds(2), step == 3));
        }
        progress.on(Events.evaluated(4, 1.5, true));
        progress.on(Events.saved(4));
        progress.on(Events.done(4));
        progress.close();
    }

    @Test
    void plainOutputIsOneAlignedLineForEachLoggedStep() {
        run(progress(false, Map.of(), 2));

        assertThat(printed().lines()).containsExactly(
                "learning_rate  2.0e-4",
                "precision      fp32",
                "training: 4 steps in run",
                "step 2/4  50.0%  loss   3.0000  smoothed   2.9474  lr 2.00e-04  grad_norm     1.000"
                        + "  tokens/s        50  ETA 0:00:04  memory 3.0 GiB",
                "step 4/4 100.0%  loss   1.0000  smoothed   2.2288  lr 2.00e-04  grad_norm     2.000"
                        + "  tokens/s        50  ETA 0:00:00  memory 3.0 GiB  skipped",
                "eval at step 4: loss 1.5000, perplexity 4.48, 20 samples in 2.5 s, best so far",
                "saved run/step-4 (3.0 MiB, 0.3 s)",
                "done after step 4 in 0:01:15, peak memory 4.0 GiB",
                "Now chat with it.");
    }

    @Test
    void noEscapeSequenceLeavesWhereThereIsNoTerminalOrADumbOne() {
        run(progress(false, Map.of(), 1));
        run(progress(true, Map.of("TERM", "dumb"), 1));

        assertThat(printed()).doesNotContain("\033").doesNotContain("\r").contains("loss      NaN");
    }

    @Test
    void terminalShowsOneLiveLineAndClearsItBeforeAnythingElse() {
        run(progress(true, Map.of("TERM", "xterm"), 1));

        assertThat(printed()).contains("━", "3/4", "loss \033[1m4.0000\033[0m", "ETA 0:00:02", "memory 3.0 GiB");
        assertThat(printed()).contains("\r\033[Keval at step 4");
        assertThat(printed().split("\n")).filteredOn(line -> line.contains("tokens/s")).hasSize(1);
    }

    @Test
    void noColourIsUsedWhereTheEnvironmentAsksForNone() {
        run(progress(true, Map.of("NO_COLOR", "1"), 1));

        assertThat(printed()).contains("\r\033[K").doesNotContain("\033[1m").doesNotContain("\033[0m");
    }

    @Test
    void controlCharactersOfAMessageDoNotReachTheTerminal() {
        progress(false, Map.of(), 1).on(new Warned("row 7 of \033[2Jevil\u202Egnp.json\nsecond line"));

        assertThat(printed()).isEqualTo("warning: row 7 of \uFFFD[2Jevil\uFFFDgnp.json\nsecond line\n");
    }

    @Test
    void memoryIsReadFromTheSystemsFigures() {
        assertThat(ProcessMemory.parse("Name:\tjava\nVmHWM:\t   2048 kB\nVmRSS:\t   1024 kB\n"))
                .contains(new ProcessMemory(1 << 20, 2 << 20));
        assertThat(ProcessMemory.parse("Name:\tjava\n")).isEmpty();
    }

    @Test
    void quickTaskIsNotShownAndALongOneLeavesOneLine() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        InstantSource clock = now::get;
        try (ConsoleTaskProgress tasks = new ConsoleTaskProgress(Terminal.of(out, false, Map.of()), clock)) {
            tasks.on("reading data", 0, 1000, "rows");
            now.set(Instant.EPOCH.plusMillis(1500));
            tasks.on("reading data", 1000, 1000, "rows");
            tasks.on("loading weights", 0, 200, "tensors");
            now.set(Instant.EPOCH.plusMillis(5000));
            tasks.on("loading weights", 100, 200, "tensors");
            tasks.on("loading weights", 200, 200, "tensors");
        }
        assertThat(printed()).isEqualTo("loading weights: 200 tensors in 3.5 s, 57 tensors/s\n");
    }

    @Test
    void longTaskShowsABarOnATerminalAndTakesItAway() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        InstantSource clock = now::get;
        try (ConsoleTaskProgress tasks =
                new ConsoleTaskProgress(Terminal.of(out, true, Map.of("COLUMNS", "80")), clock)) {
            tasks.on("loading weights", 0, 200, "tensors");
            now.set(Instant.EPOCH.plusMillis(5000));
            tasks.on("loading weights", 100, 200, "tensors");
        }
        assertThat(printed()).contains("loading weights", "50%", "100/200").endsWith("\r\033[K");
    }

    @Test
    void startOfAResumedRunSaysWhereItGoesOn() {
        progress(false, Map.of(), 1).on(
                new RunEvent.Started(Path.of("run"), 501, 1000, 1, Map.of()));

        assertThat(printed()).isEqualTo("training goes on at step 501 of 1,000 in run\n");
    }
}

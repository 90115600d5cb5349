package org.bayling.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bayling.observe.RunEvent.Warned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunObserversTest {

    @TempDir
    Path directory;

    private static final class Failing implements RunObserver {
        private int told;
        private boolean closed;

        @Override
        public void on(RunEvent event) throws IOException {
            told++;
            throw new IOException("the disk is full");
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void failingObserverIsLeftOutWithOneWarningAndTheOthersGoOn() throws IOException {
        Failing failing = new Failing();
        List<RunEvent> heard = new ArrayList<>();
        try (RunObservers all = RunObservers.of(List.of(failing, heard::add))) {
            all.on(Events.step(1, Duration.ofSeconds(1)));
            all.on(Events.step(2, Duration.ofSeconds(1)));
        }
        assertThat(failing.told).isEqualTo(1);
        assertThat(failing.closed).isTrue();
        assertThat(heard).filteredOn(e -> e instanceof RunEvent.Stepped).hasSize(2);
        assertThat(heard).filteredOn(e -> e instanceof Warned).hasSize(1).first().asString()
                .contains("Failing", "the disk is full");
    }

    @Test
    void allObserversFailingDoesNotStopTheRun() throws IOException {
        try (RunObservers all = RunObservers.of(List.of(new Failing(), new Failing()))) {
            all.on(Events.step(1, Duration.ofSeconds(1)));
        }
    }

    @Test
    void logThatCannotBeWrittenStopsTheRun() throws IOException {
        JsonlLog log = JsonlLog.open(directory.resolve("log.jsonl"), 0);
        log.close();
        RunObservers all = RunObservers.of(List.of(e -> {}, log));

        assertThatThrownBy(() -> all.on(Events.step(1, Duration.ofSeconds(1)))).isInstanceOf(IOException.class);
    }

    @Test
    void logIsToldFirstSoThatTheOthersCanReadIt() throws IOException {
        Path file = directory.resolve("log.jsonl");
        List<Long> lines = new ArrayList<>();
        RunObserver reader = event -> {
            try (var all = Files.lines(file)) {
                lines.add(all.count());
            }
        };
        try (RunObservers all = RunObservers.of(List.of(reader, JsonlLog.open(file, 0)))) {
            all.on(Events.step(1, Duration.ofSeconds(1)));
        }
        assertThat(lines).containsExactly(1L);
    }
}

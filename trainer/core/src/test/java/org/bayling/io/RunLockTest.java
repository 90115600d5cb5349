package org.bayling.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    Path directory;

    /** Holds the lock until it is killed, or says who holds it. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            try (RunLock lock = RunLock.acquire(Path.of(args[0]))) {
                System.out.println("locked" + lock.takenOverFrom());
                Thread.sleep(60_000);
            } catch (RunLockedException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    @Test
    void aSecondProcessIsRefusedByPidAndAKilledOneIsSucceeded() throws Exception {
        Process holder = start();
        try {
            assertThat(firstLine(holder)).isEqualTo("locked");
            assertThatThrownBy(() -> RunLock.acquire(directory))
                    .isInstanceOf(RunLockedException.class)
                    .hasMessageContaining("pid " + holder.pid() + " on host ")
                    .hasMessageContaining(directory.toString());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (RunLock lock = RunLock.acquire(directory)) {
            assertThat(lock.takenOverFrom()).contains("pid " + holder.pid());
            assertThat(directory.resolve(RunLock.OWNER_FILE_NAME))
                    .content()
                    .contains("pid=" + ProcessHandle.current().pid());
        }
    }

    @Test
    void anAttemptInTheSameProcessIsRefusedAndDoesNotLoseTheLock() throws Exception {
        try (RunLock first = RunLock.acquire(directory)) {
            assertThat(first.takenOverFrom()).isEmpty();
            assertThatThrownBy(() -> RunLock.acquire(directory))
                    .isInstanceOf(RunLockedException.class)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
            Process other = start();
            try {
                assertThat(firstLine(other)).contains("in use by pid " + ProcessHandle.current().pid());
            } finally {
                other.destroyForcibly().waitFor();
            }
        }
        try (RunLock next = RunLock.acquire(directory)) {
            assertThat(next.takenOverFrom()).isEmpty();
        }
    }

    @Test
    void anUnreadableLockFileDoesNotStandInTheWay() throws IOException {
        Files.writeString(directory.resolve(RunLock.OWNER_FILE_NAME), "\\u00zz");
        try (RunLock lock = RunLock.acquire(directory)) {
            assertThat(lock.takenOverFrom()).contains("unknown process");
        }
    }
}

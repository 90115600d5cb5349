package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small disk in memory, where this process may mount one; else the test is skipped. */
record Disk(Path place) implements AutoCloseable {
    static Disk mount(Path place, String options) throws Exception {
        Files.createDirectories(place);
        assumeTrue(
                succeeds(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", place.toString())),
                "skipped: this process may not mount a small disk at " + place);
        return new Disk(place);
    }

    void remount(String options) throws Exception {
        assertThat(succeeds(List.of("mount", "-o", "remount," + options, place.toString()))).isTrue();
    }

    @Override
    public void close() throws Exception {
        assertThat(succeeds(List.of("umount", place.toString()))).as("umount " + place).isTrue();
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}

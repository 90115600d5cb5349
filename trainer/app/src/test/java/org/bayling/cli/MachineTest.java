package org.bayling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    private Path proc;

    @Test
    void cpuAndMemoryAreReadFromLinuxOwnFiles() throws Exception {
        Files.writeString(
                proc.resolve("cpuinfo"),
                "processor\t: 0\nmodel name\t: Example 9000\nflags\t\t: fpu avx2 amx_bf16\n\nprocessor\t: 1\nflags\t\t: none\n");
        Files.writeString(proc.resolve("meminfo"), "MemTotal:       16384000 kB\nMemAvailable:    2048 kB\n");
        Machine machine = Machine.read(proc);
        assertThat(machine.cpu()).contains("Example 9000");
        assertThat(machine.has("avx2")).isTrue();
        assertThat(machine.has("amx_bf16")).isTrue();
        assertThat(machine.has("avx512_bf16")).isFalse();
        assertThat(machine.memoryAvailable()).contains(2048L * 1024);
    }

    @Test
    void aSystemThatDoesNotTellIsNoError() {
        Machine machine = Machine.read(proc.resolve("nothing here"));
        assertThat(machine.cpu()).isEmpty();
        assertThat(machine.memoryAvailable()).isEmpty();
        assertThat(machine.cores()).isPositive();
        assertThat(machine.memoryTotal()).isPositive();
    }
}

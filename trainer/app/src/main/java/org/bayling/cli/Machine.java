package org.bayling.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The computer, as far as training depends on it.
 *
 * @param cpu the processor's own name; empty where the system does not tell
 * @param cpuFlags instruction sets as Linux names them: {@code avx2}, {@code amx_bf16}
 * @param cores that this process may use
 * @param memoryTotal bytes; a container's limit where there is one
 * @param memoryAvailable bytes that can be taken without pushing others out; empty where the system does not tell
 */
record Machine(
        Optional<String> cpu, Set<String> cpuFlags, int cores, long memoryTotal, Optional<Long> memoryAvailable) {

    Machine {
        cpuFlags = Set.copyOf(cpuFlags);
    }

    /** This one. */
    static Machine here() {
        return read(Path.of("/proc"));
    }

    /** @param proc Linux's folder of that name, or one that looks like it */
    static Machine read(Path proc) {
        Map<String, String> cpu = fields(proc.resolve("cpuinfo"));
        Map<String, String> memory = fields(proc.resolve("meminfo"));
        // Knows the limits of a container, which /proc does not.
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long total = system.getTotalMemorySize();
        return new Machine(
                Optional.ofNullable(cpu.get("model name")),
                Set.of(cpu.getOrDefault("flags", "").split(" +")),
                Runtime.getRuntime().availableProcessors(),
                total,
                Optional.ofNullable(memory.get("MemAvailable"))
                        .map(Machine::bytes)
                        .map(available -> Math.min(available, total)));
    }

    boolean has(String cpuFlag) {
        return cpuFlags.contains(cpuFlag);
    }

    /** The first value of each {@code key : value} line; empty where there is no such file. */
    private static Map<String, String> fields(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException notLinux) {
            return Map.of();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    /** {@code 16384 kB} in bytes. */
    private static long bytes(String kilobytes) {
        return Long.parseLong(kilobytes.replace("kB", "").strip()) * 1024;
    }
}

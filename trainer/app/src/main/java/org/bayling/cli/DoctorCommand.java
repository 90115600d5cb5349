package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bayling.numeric.DType;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.NativeLibraryException;
import org.bayling.tensor.ProductSpeed;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.TokenizerConfig;
import org.bayling.tokenizer.TokenizerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}: is this machine fit to train, and how will it? */
@Command(
        name = "doctor",
        description =
                "Check the JDK, processor, memory, disk and native libraries, and say what each means for training.",
        footerHeading = "%nExample:%n",
        footer = "  bayling-train doctor")
final class DoctorCommand implements Callable<Integer> {
    private static final long GIB = 1L << 30;
    /** libtorch and its companions, unpacked. */
    private static final long CACHE_BYTES = GIB / 2;

    private static final String LOADS_NOT = "delete the library cache and run doctor again, or build again: mvn clean package";
    private static final String ONE_TOKEN =
            """
            {"version": "1.0", "added_tokens": [], "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}
            """;

    @Spec
    private CommandSpec spec;

    /** What was found; a hint is there when something should be done. */
    private record Finding(State state, String what, String found, String hint) {
        enum State {
            OK,
            WARN,
            FAIL
        }

        static Finding ok(String what, String found) {
            return new Finding(State.OK, what, found, "");
        }

        static Finding warn(String what, String found, String hint) {
            return new Finding(State.WARN, what, found, hint);
        }

        static Finding fail(String what, String found, String hint) {
            return new Finding(State.FAIL, what, found, hint);
        }
    }

    @Override
    public Integer call() {
        Machine machine = Machine.here();
        List<Finding> findings = new ArrayList<>();
        findings.add(jdk());
        findings.add(system());
        findings.add(processor(machine));
        findings.add(memory(machine));
        findings.add(
                Finding.ok("java heap", gib(Runtime.getRuntime().maxMemory()) + " at most (BAYLING_JAVA_OPTS=-Xmx…)"));
        findings.add(disk("disk here", Path.of("").toAbsolutePath(), GIB));
        findings.add(libraryCache());
        findings.addAll(nativeLibraries());
        return report(findings);
    }

    private int report(List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        var colours = spec.commandLine().getColorScheme();
        for (Finding finding : findings) {
            String mark =
                    switch (finding.state()) {
                        case OK -> "@|green ok  |@";
                        case WARN -> "@|yellow warn|@";
                        case FAIL -> "@|red FAIL|@";
                    };
            out.println(colours.ansi().string(mark) + String.format("  %-18s ", finding.what()) + finding.found());
            if (!finding.hint().isEmpty()) {
                out.println(" ".repeat(25) + finding.hint());
            }
        }
        boolean fit = findings.stream().noneMatch(finding -> finding.state() == Finding.State.FAIL);
        out.println(fit ? "This machine is fit to train." : "This machine is not fit to train: see FAIL above.");
        return fit ? ExitCodes.DONE : ExitCodes.ENVIRONMENT;
    }

    private static Finding jdk() {
        return Finding.ok(
                "jdk",
                System.getProperty("java.version") + " " + System.getProperty("java.vm.name") + ", "
                        + System.getProperty("java.home"));
    }

    private static Finding system() {
        String name = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch");
        String found = name + " " + System.getProperty("os.version") + ", " + architecture;
        return name.equals("Linux") && architecture.equals("amd64")
                ? Finding.ok("system", found)
                : Finding.fail("system", found, "the native libraries that this build fetches are for Linux on x86_64");
    }

    private static Finding processor(Machine machine) {
        String features = String.join(
                " ",
                Stream.of("avx2", "avx512f", "avx512_bf16", "amx_bf16")
                        .filter(machine::has)
                        .toList());
        String found = machine.cores() + " cores, " + machine.cpu().orElse("of unknown make") + ", "
                + (features.isEmpty() ? "no vector instructions that are known here" : features);
        if (!machine.has("avx2")) {
            return Finding.warn("processor", found, "without avx2 training is several times slower");
        }
        return Finding.ok("processor", found);
    }

    private static Finding memory(Machine machine) {
        String found = gib(machine.memoryTotal())
                + machine.memoryAvailable()
                        .map(bytes -> ", " + gib(bytes) + " available")
                        .orElse("");
        return machine.memoryAvailable().orElse(machine.memoryTotal()) < 3 * GIB
                ? Finding.warn(
                        "memory", found, "a model of 135M parameters takes up to 3 GiB; bayling-train plan counts")
                : Finding.ok("memory", found);
    }

    private static Finding disk(String what, Path folder, long needed) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String found = gib(free) + " free, " + folder;
            return free < needed
                    ? Finding.warn(what, found, "at least " + gib(needed) + " should be free")
                    : Finding.ok(what, found);
        } catch (IOException problem) {
            return Finding.warn(what, "unknown, " + folder, String.valueOf(problem.getMessage()));
        }
    }

    /** DJL unpacks libtorch and the tokenizers' library there once. */
    private static Finding libraryCache() {
        String what = "library cache";
        Path cache = cacheFolder();
        Path existing = cache;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Finding.fail(
                    what, cache + " cannot be written", "set DJL_CACHE_DIR to a folder that can be, with 0.5 GiB free");
        }
        // Once unpacked nothing more is needed.
        return disk(what, existing, Files.exists(cache.resolve("pytorch")) ? 0 : CACHE_BYTES);
    }

    private static Path cacheFolder() {
        for (String name : List.of("ENGINE_CACHE_DIR", "DJL_CACHE_DIR")) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return Path.of(value);
            }
        }
        return Path.of(System.getProperty("user.home"), ".djl.ai");
    }

    /** Loads the two native libraries for real and measures what matrix products run in on this machine. */
    private static List<Finding> nativeLibraries() {
        List<Finding> findings = new ArrayList<>();
        try (Kernels kernels = Kernels.open(OptionalInt.empty())) {
            findings.add(Finding.ok("libtorch", "loads"));
            findings.add(Finding.ok("bf16 or fp32", ProductSpeed.measure(kernels, DType.BF16).reason()));
        } catch (IOException | NativeLibraryException | LinkageError problem) {
            findings.add(Finding.fail("libtorch", String.valueOf(problem.getMessage()), LOADS_NOT));
        }
        try (Tokenizer tokenizer = Tokenizer.of(ONE_TOKEN.getBytes(StandardCharsets.UTF_8), TokenizerConfig.empty())) {
            tokenizer.encode("a", false);
            findings.add(Finding.ok("tokenizers", "loads"));
        } catch (TokenizerException | LinkageError problem) {
            findings.add(Finding.fail("tokenizers", String.valueOf(problem.getMessage()), LOADS_NOT));
        }
        return findings;
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) GIB);
    }
}

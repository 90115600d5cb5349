package org.bayling.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code bayling-train} as this build made it, run like a person runs it.
 *
 * <p>Immutable: each {@code with…} and {@code in} gives a changed copy. The launcher never builds here, since Maven is
 * at it; the jars are those of the phase {@code package}, which {@code mvn verify} has passed before this module's tests.
 *
 * <pre>{@code
 * BuiltProduct.Result result = BuiltProduct.in(temp).run("doctor");
 * assertThat(result.exitCode()).as(result.toString()).isZero();
 * }</pre>
 */
public final class BuiltProduct {
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(1);

    private final Path launcher;
    private final Path folder;
    private final Map<String, String> environment;
    private final String input;
    private final Duration limit;

    private BuiltProduct(Path launcher, Path folder, Map<String, String> environment, String input, Duration limit) {
        this.launcher = launcher;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.input = input;
        this.limit = limit;
    }

    /** Root of the source tree, where {@code pom.xml} and {@code bayling-train} lie. */
    public static Path root() {
        String root = System.getProperty("bayling.root");
        if (root == null) {
            throw new IllegalStateException("system property bayling.root is not set; run the tests through Maven");
        }
        return Path.of(root);
    }

    /** The product, run in {@code folder}. */
    public static BuiltProduct in(Path folder) {
        Path jar = root().resolve("trainer/app/target/bayling-app.jar");
        Path classPath = root().resolve("trainer/app/target/class-path");
        if (!Files.exists(jar) || !Files.exists(classPath)) {
            throw new IllegalStateException(jar + " is not there: acceptance tests need the phase package, mvn verify");
        }
        return new BuiltProduct(
                root().resolve("bayling-train"), folder, Map.of("BAYLING_SKIP_BUILD", "1"), "", DEFAULT_LIMIT);
    }

    /**
     * The launcher, the jars and {@code configs/} in another place, without sources; what is run there writes there.
     *
     * @return the launcher's path
     */
    public static Path copyOfTheTree(Path tree) throws IOException {
        for (String module :
                List.of("trainer/app", "trainer/core", "trainer/corpus", "trainer/evaluation", "tokenizer")) {
            Path target = Files.createDirectories(tree.resolve(module).resolve("target"));
            String jar = "bayling-" + Path.of(module).getFileName() + ".jar";
            Files.copy(root().resolve(module).resolve("target").resolve(jar), target.resolve(jar));
        }
        for (String classPath : List.of("class-path", "nd4j-class-path")) {
            Path target = Path.of("trainer/app/target", classPath);
            Files.copy(root().resolve(target), tree.resolve(target));
        }
        copyTree(root().resolve("configs"), tree.resolve("configs"));
        return Files.copy(root().resolve("bayling-train"), tree.resolve("bayling-train"));
    }

    /** Copies a folder with all below it. */
    static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        try (Stream<Path> entries = Files.walk(from)) {
            for (Path entry : entries.toList()) { // a folder comes before what is in it
                Files.copy(entry, to.resolve(from.relativize(entry).toString()));
            }
        }
    }

    /** Started through another path, such as a symbolic link. */
    public BuiltProduct withLauncher(Path other) {
        return new BuiltProduct(other, folder, environment, input, limit);
    }

    /** With one more environment variable. */
    public BuiltProduct withEnvironment(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new BuiltProduct(launcher, folder, more, input, limit);
    }

    /** With this text as standard input; without it the input is empty. */
    public BuiltProduct withInput(String text) {
        return new BuiltProduct(launcher, folder, environment, text, limit);
    }

    /** With another time limit; the default is a minute. */
    public BuiltProduct withLimit(Duration other) {
        return new BuiltProduct(launcher, folder, environment, input, other);
    }

    /** Runs to the end. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        try (Running running = start(arguments)) {
            return running.await();
        }
    }

    /** Runs to the end, and fails with all that was printed when the exit code is another. */
    public Result expect(int exitCode, String... arguments) throws IOException, InterruptedException {
        Result result = run(arguments);
        if (result.exitCode() != exitCode) {
            throw new AssertionError("expected exit code " + exitCode + ": " + result);
        }
        return result;
    }

    /** Starts and does not wait, for tests that send signals. Close it to be sure that the process is gone. */
    public Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        Path streams = Files.createTempDirectory("bayling-streams");
        Path in = Files.writeString(streams.resolve("in"), input);
        Path out = streams.resolve("out");
        Path err = streams.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new Running(builder.start(), String.join(" ", command), streams, limit);
    }

    /**
     * A process that may still run. The launcher replaces itself by the Java process, so signals reach the program.
     *
     * <p>Owns a temporary folder with the streams, deleted by {@link #close}.
     */
    public static final class Running implements AutoCloseable {
        private final Process process;
        private final String command;
        private final Path streams;
        private final Duration limit;

        private Running(Process process, String command, Path streams, Duration limit) {
            this.process = process;
            this.command = command;
            this.streams = streams;
            this.limit = limit;
        }

        /** The operating system's process, to be killed or asked. */
        public Process process() {
            return process;
        }

        /** What it has printed to its standard output so far. */
        public String out() throws IOException {
            return Files.readString(streams.resolve("out"), StandardCharsets.UTF_8);
        }

        /** What it has printed to its standard error stream so far. */
        public String err() throws IOException {
            return Files.readString(streams.resolve("err"), StandardCharsets.UTF_8);
        }

        /** Waits for the end; past the limit the process is killed and this throws, with all that was printed. */
        public Result await() throws IOException, InterruptedException {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("not done after " + limit + ": " + new Result(command, -1, out(), err()));
            }
            return new Result(command, process.exitValue(), out(), err());
        }

        @Override
        public void close() {
            process.destroyForcibly();
            try {
                for (String name : List.of("in", "out", "err")) {
                    Files.deleteIfExists(streams.resolve(name));
                }
                Files.deleteIfExists(streams);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    /** What came of it. */
    public record Result(String command, int exitCode, String out, String err) {
        /** All of it, for messages of assertions. */
        @Override
        public String toString() {
            return command + "\nexit code " + exitCode + "\n--- out\n" + out + "--- err\n" + err;
        }
    }
}

package org.bayling.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.evaluation.alignment.analysis.AlignmentAnalysis;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code align states}: the second half of {@code align}, which that command starts in a process of its own with ND4J.
 */
@Command(
        name = "states",
        hidden = true,
        description = "Compare the states in a folder; align does this by itself.",
        footerHeading = "%nExample:%n",
        footer = "  bayling-train align states states")
final class AlignStatesCommand implements Callable<Integer> {
    /** Set by the launcher: a file with the class path of ND4J. Without it, ND4J is on this program's class path. */
    private static final String CLASS_PATH_FILE = "bayling.nd4j.class.path.file";

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "The folder with states.json.")
    private Path folder;

    AlignStatesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs this command and waits for it. Returns its exit code; where that is not 0, it has told why itself. */
    static int inItsOwnProcess(Path folder) throws IOException {
        Optional<String> file = Optional.ofNullable(System.getProperty(CLASS_PATH_FILE));
        String libraries = file.isPresent() ? Files.readString(Path.of(file.get())).strip() : "";
        return new ProgramProcess(List.of("align", "states", folder.toString()), libraries).run();
    }

    @Override
    public Integer call() throws IOException {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        try (ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            AlignmentAnalysis.run(folder, (name, done, total, unit) -> {
                if (!ProcessHandle.current().parent().equals(parent)) {
                    throw new OrphanedException();
                }
                progress.on(name, done, total, unit);
            });
        } catch (OrphanedException problem) {
            throw new InterruptedIOException("the program that waits for this comparison has ended, so this ends too");
        }
        return ExitCodes.DONE;
    }

    /** Nobody waits for the result any more. */
    private static final class OrphanedException extends RuntimeException {}
}

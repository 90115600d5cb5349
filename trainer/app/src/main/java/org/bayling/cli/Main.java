package org.bayling.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.bayling.observe.Terminal;

/** Entry of the program: gives the standard streams to {@link Cli} and ends the process with its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // UTF-8 whatever the locale: the program's texts are in hundreds of languages.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        PrintStream progress = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        // Told by the launcher: what System.console() means differs between JDKs.
        boolean terminal = Boolean.getBoolean("bayling.terminal");
        boolean colours = terminal && System.getenv("NO_COLOR") == null;
        int exitCode = new Cli(
                        new FileInputStream(FileDescriptor.in),
                        out,
                        err,
                        colours,
                        Terminal.of(progress, terminal, System.getenv()))
                .run(arguments);
        // A PrintWriter swallows what goes wrong: a full disk must not look like success.
        if (out.checkError() && exitCode == ExitCodes.DONE) {
            err.println("bayling-train: not all of the result could be written to the standard output (a full disk, or"
                    + " its reader has gone)");
            exitCode = ExitCodes.ENVIRONMENT;
        }
        err.flush();
        System.exit(exitCode);
    }
}

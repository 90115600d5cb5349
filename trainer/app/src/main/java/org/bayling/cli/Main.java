package org.bayling.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Entry of the program: gives the standard streams to {@link Cli} and ends the process with its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // UTF-8 whatever the locale: the program's texts are in hundreds of languages.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        boolean terminal = System.console() != null && System.getenv("NO_COLOR") == null;
        int exitCode = new Cli(new FileInputStream(FileDescriptor.in), out, err, terminal).run(arguments);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }
}

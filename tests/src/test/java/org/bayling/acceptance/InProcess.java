package org.bayling.acceptance;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.bayling.cli.Cli;
import org.bayling.observe.Terminal;

/** Commands in this process, which loads and compiles everything once for many of them. */
final class InProcess {
    private InProcess() {}

    /** Runs a command to the end; paths are relative to the folder of the tests. */
    static BuiltProduct.Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal quiet = Terminal.of(new PrintStream(OutputStream.nullOutputStream()), false, Map.of());
        int exitCode = new Cli(InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err), false, quiet)
                .run(arguments);
        return new BuiltProduct.Result(String.join(" ", arguments), exitCode, out.toString(), err.toString());
    }
}

package org.bayling.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program without its process: arguments and streams in, exit code out. {@link #run} never throws and never ends the
 * process, so that tests call it like {@link Main} does.
 */
public final class Cli {
    private final CommandLine commandLine;

    /**
     * @param in what {@code tokenizer} and {@code chat} read
     * @param out results; flushed by the caller
     * @param err progress, problems and hints
     * @param colours true when both go to a terminal that a person looks at
     */
    public Cli(InputStream in, PrintWriter out, PrintWriter err, boolean colours) {
        Objects.requireNonNull(in, "in");
        commandLine = new CommandLine(new RootCommand())
                .addSubcommand(new DoctorCommand())
                .setOut(out)
                .setErr(err)
                .setColorScheme(Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(110)
                .setUsageHelpLongOptionsMaxWidth(40)
                .setParameterExceptionHandler(Cli::explainUsage)
                .setExecutionExceptionHandler(Cli::explainFailure);
    }

    /** Runs one command. Returns one of {@link ExitCodes}. */
    public int run(String... arguments) {
        return commandLine.execute(arguments);
    }

    /** The commands, for tests that go over all of them. */
    CommandLine commandLine() {
        return commandLine;
    }

    /** A command line that can't be read: what is wrong, the nearest right thing, where the help is. */
    private static int explainUsage(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        boolean noVerb = problem.getMessage().startsWith("Missing required subcommand");
        if (noVerb) {
            command.usage(err, command.getColorScheme());
            return ExitCodes.USAGE;
        }
        err.println(command.getColorScheme().errorText(name + ": " + problem.getMessage()));
        UnmatchedArgumentException.printSuggestions(problem, err);
        err.println("See " + name + " --help.");
        return ExitCodes.USAGE;
    }

    /** A command that failed: one message, and the stack trace for those who ask. */
    private static int explainFailure(Exception problem, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Failure failure = Failure.of(problem);
        command.getOut().flush();
        err.println(command.getColorScheme()
                .errorText(command.getCommandSpec().qualifiedName() + ": " + failure.message()));
        if (parsed.expandedArgs().contains("--stacktrace")) {
            problem.printStackTrace(err);
        } else if (!failure.expected()) {
            err.println(
                    "This is not a message that was meant for you; run with --stacktrace to see where it comes from.");
        }
        return failure.exitCode();
    }
}

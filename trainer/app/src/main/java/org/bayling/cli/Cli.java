package org.bayling.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import org.bayling.observe.Terminal;
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
     * @param terminal where the progress of long work goes
     */
    public Cli(InputStream in, PrintWriter out, PrintWriter err, boolean colours, Terminal terminal) {
        commandLine = new CommandLine(new RootCommand())
                .addSubcommand(new QuickstartCommand(terminal))
                .addSubcommand(new DoctorCommand())
                .addSubcommand(new ValidateCommand())
                .addSubcommand(new PlanCommand(terminal))
                .addSubcommand(new TrainCommand(terminal))
                .addSubcommand(new ResumeCommand(terminal))
                .addSubcommand(new VerifyResumeCommand(terminal))
                .addSubcommand(CorpusCommand.of(terminal))
                .addSubcommand(TokenizerCommand.of(in, terminal))
                .addSubcommand(new CommandLine(new InspectCommand()).addSubcommand(new InspectGradientsCommand()))
                .addSubcommand(new ReportCommand(terminal))
                .addSubcommand(new GenerateCommand(in, terminal))
                .addSubcommand(new ChatCommand(in))
                .addSubcommand(EvalCommand.of(terminal))
                .addSubcommand(new ScoreCommand(terminal))
                .addSubcommand(AlignCommand.of(terminal))
                .addSubcommand(new MergeCommand())
                .addSubcommand(new ConvertCommand())
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
        try {
            return commandLine.execute(arguments);
        } catch (Error problem) { // memory and native libraries; picocli hands on exceptions only
            return explain(problem, commandLine, List.of(arguments));
        }
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

    private static int explainFailure(Exception problem, CommandLine command, ParseResult parsed) {
        return explain(problem, command, parsed.expandedArgs());
    }

    /** A command that failed: one message, and the stack trace for those who ask. */
    private static int explain(Throwable problem, CommandLine command, List<String> arguments) {
        PrintWriter err = command.getErr();
        Failure failure = Failure.of(problem);
        command.getOut().flush();
        String text = command.getCommandSpec().qualifiedName() + ": " + failure.message();
        err.println(command.getColorScheme().errorText(text));
        if (arguments.contains("--stacktrace")) {
            problem.printStackTrace(err);
        } else if (!failure.expected()) {
            err.println("This is a fault of the program, not yours; run with --stacktrace to see where it happened.");
        }
        return failure.exitCode();
    }
}

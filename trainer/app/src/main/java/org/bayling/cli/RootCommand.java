package org.bayling.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code bayling-train} itself: the options that every verb has. */
@Command(
        name = "bayling-train",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Instruction tuning of Llama models in Java.%n",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage or configuration",
            "10:wrong data or model files",
            "11:the machine is not fit: memory, disk, permissions, native libraries, a locked run",
            "12:the run diverged",
            "13:the run hung",
            "75:stopped on request after a checkpoint; run again to resume"
        },
        footerHeading = "%nExample:%n",
        footer = "  bayling-train doctor%n%nbayling-train COMMAND --help shows an example of each.")
final class RootCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the versions of the program, the libraries and the JDK.")
    private boolean version;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "When something fails, print where in the program.")
    private boolean stacktrace;
}

package org.bayling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.bayling.observe.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What is read before anything is run. */
class HelpTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Cli cli(boolean colours) {
        Terminal terminal = Terminal.of(new PrintStream(OutputStream.nullOutputStream()), false, Map.of());
        return new Cli(InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err), colours, terminal);
    }

    /** Every verb, and the verbs below it: {@code tokenizer encode}. */
    static Stream<String> verbs() {
        CommandLine root = new HelpTest().cli(false).commandLine();
        return below(root)
                .map(command -> command.getCommandSpec().qualifiedName().replace("bayling-train ", ""));
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream()
                .flatMap(child -> Stream.concat(Stream.of(child), below(child)));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theHelpOfEveryVerbShowsAnExampleOfIt(String verb) {
        String[] arguments = (verb + " --help").split(" ");
        assertThat(cli(false).run(arguments)).isZero();
        assertThat(out.toString()).contains("Usage: bayling-train " + verb);
        assertThat(out.toString().split("Example:")).as("one example section").hasSize(2);
        assertThat(out.toString().split("Example:")[1]).contains("bayling-train " + verb);
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyOptionAndArgumentOfEveryVerbIsExplained(String verb) {
        CommandLine command = cli(false).commandLine();
        for (String word : verb.split(" ")) {
            command = command.getSubcommands().get(word);
        }
        String[] description = command.getCommandSpec().usageMessage().description();
        assertThat(description).isNotEmpty();
        assertThat(description[0]).as("what the list of commands shows is a whole sentence").endsWith(".");
        assertThat(command.getCommandSpec().args()).allSatisfy(argument -> assertThat(argument.description())
                .as(argument.paramLabel())
                .isNotEmpty());
    }

    @Test
    void theVersionNamesWhatNumbersDependOn() {
        assertThat(cli(false).run("--version")).isZero();
        assertThat(out.toString())
                .containsPattern("bayling-train \\d+\\.\\d+")
                .containsPattern("DJL \\d+\\.\\d+\\.\\d+, libtorch \\d+\\.\\d+\\.\\d+")
                .contains("JDK ");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheNearestOne() {
        assertThat(cli(false).run("doctor", "--stacktrac")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("--stacktrac'")
                .contains("--stacktrace")
                .contains("See bayling-train doctor --help.");
    }

    @Test
    void coloursAreUsedWhereTheyAreWanted() {
        cli(true).run("docter");
        assertThat(err.toString()).contains("\u001b[");
    }

    @Test
    void aFailureIsOneMessageAndTheTraceIsThereForThoseWhoAsk() {
        assertThat(cli(false).run("inspect", "no/such/model")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString())
                .isEqualTo("bayling-train inspect: no/such/model: there is no such file or directory\n");
        assertThat(cli(false).run("inspect", "no/such/model", "--stacktrace")).isEqualTo(ExitCodes.DATA);
        assertThat(err.toString()).contains("at org.bayling.cli.InspectCommand.call");
    }
}

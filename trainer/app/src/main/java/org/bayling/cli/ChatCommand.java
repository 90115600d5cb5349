package org.bayling.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.generate.CacheFullException;
import org.bayling.generate.BeamSettings;
import org.bayling.generate.ChatSession;
import org.bayling.generate.GenerationResult;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.StopReason;
import org.bayling.tokenizer.MalformedTextException;
import org.bayling.tokenizer.chat.Chat;
import org.bayling.tokenizer.chat.Message;
import org.bayling.tokenizer.chat.TemplateException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chat}: a conversation on the console. */
@Command(
        name = "chat",
        description = {
            "Talk with a model; a line is a message.",
            "/undo takes the last exchange back, /reset begins anew, /exit or the end of the input ends."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train chat --model checkpoints/my-run",
            "  bayling-train chat --model smollm2-135m-instruct.Q4_1.gguf --temperature 0.7 --top-p 0.9"
        })
final class ChatCommand implements Callable<Integer> {
    private final InputStream in;

    @Mixin
    private ModelOptions model;

    @Option(names = "--system", paramLabel = "TEXT", description = "The system message.")
    private Optional<String> system = Optional.empty();

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description = "A built-in chat template or a Jinja file instead of the model's own.")
    private Optional<String> template = Optional.empty();

    @Mixin
    private GenerationOptions options;

    @Spec
    private CommandSpec spec;

    ChatCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        options.over(GenerationSettings.defaults(), spec); // a wrong value is told before a model is loaded
        Chat start = new Chat(system.map(Message::system).map(List::of).orElse(List.of()));
        try (TalkingModel talking = TalkingModel.open(model.resolve());
                ChatSession session = new ChatSession(
                        talking.generator(),
                        talking.renderer(template),
                        start,
                        options.over(talking.settings().withNumReturnSequences(1).withBeams(BeamSettings.NONE), spec),
                        talking.stop())) {
            converse(session, start.messages().size());
        }
        return ExitCodes.DONE;
    }

    private void converse(ChatSession session, int begin) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        PrintWriter err = spec.commandLine().getErr();
        while (true) {
            err.print("> ");
            err.flush();
            String line = lines.readLine();
            if (line == null || line.strip().equals("/exit")) {
                return;
            }
            switch (line.strip()) {
                case "" -> {}
                case "/reset" -> session.truncate(begin);
                case "/undo" -> session.truncate(Math.max(begin, session.messages().size() - 2));
                default -> say(session, line);
            }
        }
    }

    /** A message that cannot be answered is explained, and the conversation goes on without it. */
    private void say(ChatSession session, String line) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            GenerationResult result = session.say(line, new AnswerPrinter(out));
            out.println();
            out.flush();
            String cut = result.stopReason() == StopReason.MAX_NEW_TOKENS ? ", cut at --max-new-tokens" : "";
            err.println(spec.commandLine().getColorScheme().ansi().string(String.format(
                    Locale.ROOT,
                    "@|faint (%d tokens, %.1f tokens/s%s)|@",
                    result.ids().length,
                    result.tokensPerSecond(),
                    cut)));
        } catch (CacheFullException problem) {
            err.println(problem.getMessage() + "; /undo takes the last exchange back, /reset begins anew");
        } catch (TemplateException | MalformedTextException problem) {
            err.println(problem.getMessage());
        }
    }
}

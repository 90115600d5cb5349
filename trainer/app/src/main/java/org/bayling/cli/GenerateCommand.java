package org.bayling.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.generate.GenerationResult;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.StopRule;
import org.bayling.generate.TokenListener;
import org.bayling.tokenizer.chat.Chat;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code generate}: answers to prompts that are independent of each other. */
@Command(
        name = "generate",
        description = {
            "Answer prompts: each a conversation of its own, rendered with the model's chat template.",
            "Prompts come from --prompt, else from the standard input, one a line."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train generate --model checkpoints/my-run --prompt 'Translate into German: good morning'",
            "  bayling-train generate --model smollm2-135m-instruct.Q4_1.gguf --greedy --json < prompts.txt"
        })
final class GenerateCommand implements Callable<Integer> {
    private final InputStream in;

    @Mixin
    private ModelOptions model;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What to answer; repeatable.")
    private List<String> prompts = List.of();

    @Option(names = "--system", paramLabel = "TEXT", description = "A system message in front of each prompt.")
    private Optional<String> system = Optional.empty();

    @Option(names = "--raw", description = "Continue the prompt as it stands, without a chat template.")
    private boolean raw;

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description = "A built-in chat template or a Jinja file instead of the model's own.")
    private Optional<String> template = Optional.empty();

    @Option(names = "--json", description = "Print a JSON object a line: prompt, text, ids, stop_reason.")
    private boolean json;

    @Mixin
    private GenerationOptions options;

    @Spec
    private CommandSpec spec;

    GenerateCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        options.over(GenerationSettings.defaults(), spec); // a wrong value is told before a model is loaded
        try (TalkingModel talking = TalkingModel.open(model.resolve())) {
            GenerationSettings settings = options.over(talking.settings(), spec);
            Optional<ChatRenderer> renderer = raw ? Optional.empty() : Optional.of(talking.renderer(template));
            StopRule stop = talking.stop();
            if (prompts.isEmpty()) {
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    answer(talking, renderer, line, settings, stop);
                }
            } else {
                for (String prompt : prompts) {
                    answer(talking, renderer, prompt, settings, stop);
                }
            }
        }
        return ExitCodes.DONE;
    }

    private void answer(
            TalkingModel talking,
            Optional<ChatRenderer> renderer,
            String prompt,
            GenerationSettings settings,
            StopRule stop) {
        int[] ids = renderer.isPresent()
                ? renderer.get().prompt(new Chat(messages(prompt)))
                : talking.tokenizer().encode(prompt, true);
        PrintWriter out = spec.commandLine().getOut();
        TokenListener listener = json ? TokenListener.NONE : new AnswerPrinter(out);
        GenerationResult result = talking.generator().generate(ids, settings, stop, listener);
        out.println(json ? line(prompt, result) : "");
        out.flush();
    }

    private List<Message> messages(String prompt) {
        List<Message> messages = new ArrayList<>();
        system.ifPresent(text -> messages.add(Message.system(text)));
        messages.add(Message.user(prompt));
        return messages;
    }

    private static ObjectNode line(String prompt, GenerationResult result) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("prompt", prompt);
        line.put("text", result.text());
        ArrayNode ids = line.putArray("ids");
        for (int id : result.ids()) {
            ids.add(id);
        }
        return line.put("stop_reason", result.stopReason().name().toLowerCase(Locale.ROOT));
    }
}

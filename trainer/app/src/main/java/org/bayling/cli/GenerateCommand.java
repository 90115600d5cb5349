package org.bayling.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bayling.generate.BatchGenerator;
import org.bayling.generate.GenerationRequest;
import org.bayling.generate.GenerationResult;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.InvalidRequestException;
import org.bayling.generate.SamplingSettings;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Terminal;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.Chat;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code generate}: answers to prompts that are independent of each other. */
@Command(
        name = "generate",
        description = {
            "Answer prompts: each a conversation of its own, rendered with the model's chat template.",
            "Prompts come from --prompt or a file, else from the standard input, one a line. Many run at a time; how",
            "many changes the speed, not the answers."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train generate --model checkpoints/my-run --prompt 'Translate into German: good morning'",
            "  bayling-train generate --model smollm2-135m-instruct.Q4_1.gguf --greedy --json < prompts.txt",
            "  bayling-train generate --model my-model --num-beams 5 --prompts questions.jsonl --output answers.jsonl"
        })
final class GenerateCommand implements Callable<Integer> {
    private final InputStream in;
    private final Terminal terminal;

    @Mixin
    private ModelOptions model;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What to answer; repeatable.")
    private List<String> prompts = List.of();

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description = "Prompts, one a line; of a .jsonl file objects with \"prompt\" and, if need be, a list"
                    + " \"force_words\".")
    private Optional<Path> promptsFile = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Append answers to this file as they end, as JSON objects; run again, it goes on.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--force-words",
            paramLabel = "TEXT",
            description = "Each answer must hold this; repeatable. Needs --num-beams.")
    private List<String> forceWords = List.of();

    @Option(
            names = "--cache-mib",
            paramLabel = "N",
            defaultValue = "2048",
            description = "Memory for the key/value caches of prompts that run together (default: ${DEFAULT-VALUE}).")
    private long cacheMib;

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

    @Mixin
    private SearchOptions search;

    @Spec
    private CommandSpec spec;

    GenerateCommand(InputStream in, Terminal terminal) {
        this.in = in;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        options.over(GenerationSettings.defaults(), spec); // a wrong value is told before a model is loaded
        if (cacheMib < 1 || cacheMib > Long.MAX_VALUE >> 20) {
            throw new ParameterException(spec.commandLine(), "--cache-mib must be at least 1, not " + cacheMib);
        }
        List<AskedPrompt> asked = asked();
        try (TalkingModel talking = TalkingModel.open(model.resolve())) {
            GenerationSettings settings = search.over(options.over(talking.settings(), spec), spec);
            Optional<ChatRenderer> renderer = raw ? Optional.empty() : Optional.of(talking.renderer(template));
            List<GenerationRequest> requests = asked.stream()
                    .map(prompt -> request(talking.tokenizer(), renderer, prompt))
                    .toList();
            if (asked.size() == 1 && asked.get(0).forceWords().isEmpty() && shownAsItGrows(settings)) {
                show(talking, requests.get(0).prompt(), settings);
            } else {
                run(talking, asked, requests, settings);
            }
        } catch (InvalidRequestException problem) {
            throw new ParameterException(spec.commandLine(), problem.getMessage(), problem);
        }
        return ExitCodes.DONE;
    }

    private void show(TalkingModel talking, int[] prompt, GenerationSettings settings) {
        SamplingSettings sampling = settings.sampling();
        GenerationSettings first = settings.withSampling(sampling.withSeed(sampling.seed(0, 0))); // as with --json
        PrintWriter out = spec.commandLine().getOut();
        talking.generator().generate(prompt, first, talking.stop(), new AnswerPrinter(out));
        out.println();
    }

    private boolean shownAsItGrows(GenerationSettings settings) {
        return output.isEmpty()
                && !json
                && settings.numReturnSequences() == 1
                && settings.beams().numBeams() == 1;
    }

    private List<AskedPrompt> asked() throws IOException {
        List<AskedPrompt> asked;
        if (promptsFile.isPresent()) {
            asked = AskedPrompt.read(promptsFile.get());
        } else if (prompts.isEmpty()) {
            InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
            asked = AskedPrompt.read(new BufferedReader(text));
        } else {
            asked = prompts.stream().map(prompt -> new AskedPrompt(prompt, List.of())).toList();
        }
        return asked.stream()
                .map(prompt -> new AskedPrompt(
                        prompt.text(),
                        Stream.concat(prompt.forceWords().stream(), forceWords.stream()).toList()))
                .toList();
    }

    private GenerationRequest request(Tokenizer tokenizer, Optional<ChatRenderer> renderer, AskedPrompt asked) {
        int[] ids = renderer.isPresent()
                ? renderer.get().prompt(new Chat(messages(asked.text())))
                : tokenizer.encode(asked.text(), true);
        return GenerationRequest.of(ids).withWords(tokenizer, asked.forceWords());
    }

    private void run(
            TalkingModel talking,
            List<AskedPrompt> asked,
            List<GenerationRequest> requests,
            GenerationSettings settings)
            throws IOException {
        try (BatchGenerator generator = talking.batchGenerator(cacheMib << 20);
                ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            if (output.isEmpty()) {
                AnswersInOrder answers = new AnswersInOrder(results -> {
                    progress.close(); // its bar, before an answer is printed over it
                    print(asked.get(results.index()).text(), results);
                });
                generator.run(requests, settings, talking.stop(), answers, progress);
                return;
            }
            try (GeneratedFile file = GeneratedFile.open(output.get(), talking, settings)) {
                file.answer(asked, requests, generator, progress);
                if (file.known() > 0) {
                    spec.commandLine().getErr().println(output.get() + ": " + file.known() + " of " + asked.size()
                            + " prompts had been answered before");
                }
            }
        }
    }

    private void print(String prompt, AnswersInOrder.Answers answers) {
        PrintWriter out = spec.commandLine().getOut();
        for (GenerationResult result : answers.results()) {
            if (json) {
                ObjectNode line = JsonNodeFactory.instance.objectNode().put("prompt", prompt);
                out.print(line.setAll(GeneratedFile.json(result)).toString());
            } else {
                new AnswerPrinter(out).print(result.text());
            }
            out.println();
        }
        out.flush();
    }

    private List<Message> messages(String prompt) {
        List<Message> messages = new ArrayList<>();
        system.ifPresent(text -> messages.add(Message.system(text)));
        messages.add(Message.user(prompt));
        return messages;
    }
}

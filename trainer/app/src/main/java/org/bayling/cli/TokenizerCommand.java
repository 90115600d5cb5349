package org.bayling.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.data.DataException;
import org.bayling.data.StoredFile;
import org.bayling.observe.Terminal;
import org.bayling.tokenizer.EncodeLines;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.ChatTemplate;
import org.bayling.tokenizer.chat.RenderLines;
import org.bayling.tokenizer.fertility.Fertility;
import org.bayling.tokenizer.fertility.FertilityFile;
import org.bayling.tokenizer.fertility.FertilityFormat;
import org.bayling.train.SampleEncoders;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tokenizer}: text to token ids and conversations to prompts, line by line, to compare with other programs. */
@Command(
        name = "tokenizer",
        description = {
            "Encode text, render chat templates, count tokens, learn or extend a vocabulary.",
            "Text and conversations are read line by line, to compare with other programs."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train tokenizer encode --help",
            "  bayling-train tokenizer render --help",
            "  bayling-train tokenizer fertility --help",
            "  bayling-train tokenizer train --help",
            "  bayling-train tokenizer extend --help"
        })
final class TokenizerCommand {
    private TokenizerCommand() {}

    /** {@code tokenizer encode}: a JSON string a line in, a JSON array of ids a line out. */
    @Command(
            name = "encode",
            description = "Read one JSON string a line from the standard input, write one JSON array of ids a line.",
            footerHeading = "%nExample:%n",
            footer =
                    "  echo '\"Hello, 世界\"' | bayling-train tokenizer encode --tokenizer ../models/llama-3-8b-instruct")
    static final class Encode implements Callable<Integer> {
        private final InputStream in;

        @Option(
                names = "--tokenizer",
                required = true,
                paramLabel = "PATH",
                description = "A model directory, a tokenizer.json or a .gguf file.")
        private Path tokenizerPath;

        @Option(names = "--add-special-tokens", description = "Add what the tokenizer adds by itself, such as <s>.")
        private boolean addSpecialTokens;

        @Spec
        private CommandSpec spec;

        Encode(InputStream in) {
            this.in = in;
        }

        @Override
        public Integer call() throws IOException {
            try (Tokenizer tokenizer = ModelTokenizer.open(tokenizerPath)) {
                new EncodeLines(tokenizer, addSpecialTokens)
                        .run(utf8(in), spec.commandLine().getOut());
            } catch (IllegalArgumentException problem) {
                throw new DataException("standard input, " + problem.getMessage(), problem);
            }
            return ExitCodes.DONE;
        }
    }

    /** {@code tokenizer render}: a conversation a line in, its prompt a line out. */
    @Command(
            name = "render",
            description = {
                "Read one conversation a line from the standard input, write its rendering a line.",
                "In: {\"messages\": [...], \"add_generation_prompt\": true, \"date_string\": \"26 Jul 2024\"}.",
                "Out: {\"text\": ...}, or {\"error\": ...} where the template refuses."
            },
            footerHeading = "%nExample:%n",
            footer = {
                "  echo '{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"add_generation_prompt\":true}' \\",
                "    | bayling-train tokenizer render --template chatml.jinja --bos-token '<s>' --eos-token '</s>'"
            })
    static final class Render implements Callable<Integer> {
        private final InputStream in;

        @Option(
                names = "--template",
                required = true,
                paramLabel = "FILE",
                description = "A Jinja chat template, UTF-8.")
        private Path template;

        @Option(names = "--bos-token", paramLabel = "TOKEN", description = "Its variable bos_token.")
        private Optional<String> bosToken = Optional.empty();

        @Option(names = "--eos-token", paramLabel = "TOKEN", description = "Its variable eos_token.")
        private Optional<String> eosToken = Optional.empty();

        @Spec
        private CommandSpec spec;

        Render(InputStream in) {
            this.in = in;
        }

        @Override
        public Integer call() throws IOException {
            ChatTemplate parsed = SampleEncoders.templateFile(template);
            try {
                new RenderLines(parsed, bosToken, eosToken)
                        .run(utf8(in), spec.commandLine().getOut());
            } catch (IllegalArgumentException problem) {
                throw new DataException("standard input, " + problem.getMessage(), problem);
            }
            return ExitCodes.DONE;
        }
    }

    /** {@code tokenizer fertility}: what a tokenizer needs for each language. */
    @Command(
            name = "fertility",
            description = {
                "Count tokens per word, per character and relative to English, by language.",
                "Also shown is the share of tokens that stand for less than a character."
            },
            footerHeading = "%nExample:%n",
            footer = {
                "  bayling-train tokenizer fertility --tokenizer ../models/llama-3-8b-instruct \\",
                "    --text en=news.en --text de=news.de --format csv"
            })
    static final class FertilityTable implements Callable<Integer> {
        @Option(
                names = "--tokenizer",
                required = true,
                paramLabel = "PATH",
                description = "A model directory, a tokenizer.json or a .gguf file.")
        private Path tokenizerPath;

        @Option(
                names = "--text",
                required = true,
                paramLabel = "[LANGUAGE=]FILE",
                description = {
                    "Repeatable; plain, gzip or zstd. With a language: a text a line. Without: JSONL with language and text,",
                    "with src_lang, src, tgt_lang, tgt, or with bcp47, code and sections."
                })
        private List<String> texts;

        @Option(
                names = "--relative-to",
                paramLabel = "LANGUAGE",
                defaultValue = "en",
                description = "The language that the others are compared with; default ${DEFAULT-VALUE}.")
        private String reference;

        @Option(
                names = {"-f", "--format"},
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "text (default), json or csv.")
        private FertilityFormat format;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            try (Tokenizer tokenizer = ModelTokenizer.open(tokenizerPath)) {
                Fertility fertility = new Fertility(tokenizer, reference);
                for (String text : texts) {
                    read(FertilityFile.parse(text), fertility);
                }
                spec.commandLine().getOut().print(format.write(fertility.rows()));
                spec.commandLine().getOut().flush();
            }
            return ExitCodes.DONE;
        }

        private static void read(FertilityFile file, Fertility fertility) throws IOException {
            try (StoredFile stored = StoredFile.open(file.path())) {
                file.read(stored.bytes(), fertility);
            } catch (NoSuchFileException missing) {
                throw missing;
            } catch (IOException problem) {
                throw new DataException(problem.getMessage(), problem);
            }
        }
    }

    /** Refuses bytes that are not UTF-8 instead of replacing them. */
    private static Reader utf8(InputStream in) {
        return new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
    }

    /** The commands, reading from a stream. */
    static CommandLine of(InputStream in, Terminal terminal) {
        return new CommandLine(new TokenizerCommand())
                .addSubcommand(new Encode(in))
                .addSubcommand(new Render(in))
                .addSubcommand(new FertilityTable())
                .addSubcommand(new TokenizerTrainCommand(terminal))
                .addSubcommand(new TokenizerExtendCommand(terminal));
    }
}

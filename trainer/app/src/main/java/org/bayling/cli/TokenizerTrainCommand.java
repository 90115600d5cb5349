package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Figures;
import org.bayling.observe.Terminal;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.training.BytePairTrainer;
import org.bayling.tokenizer.training.BytePairVocabulary;
import org.bayling.tokenizer.training.TokenizerConfigWriter;
import org.bayling.tokenizer.training.TokenizerJsonWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tokenizer train}: a new vocabulary, learnt from text. */
@Command(
        name = "train",
        description = {
            "Learn a byte-level BPE vocabulary from text; write tokenizer.json and tokenizer_config.json.",
            "Every byte is a token, so no text is unknown. The same input gives the same bytes."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train tokenizer train --input corpus/shard-*.jsonl.zst --vocab-size 32000 \\",
            "    --output models/my-tokenizer --special-token '<|user|>' --special-token '<|assistant|>'"
        })
final class TokenizerTrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private TextInputs inputs;

    @Mixin
    private OutputDirectory output;

    @Option(
            names = "--vocab-size",
            required = true,
            paramLabel = "N",
            description = "Tokens in all: the control tokens, 256 bytes and the merged pieces.")
    private int vocabSize;

    @Option(
            names = "--bos-token",
            paramLabel = "TOKEN",
            defaultValue = "<s>",
            description = "Begins a text; id 0. Default ${DEFAULT-VALUE}.")
    private String bosToken;

    @Option(
            names = "--eos-token",
            paramLabel = "TOKEN",
            defaultValue = "</s>",
            description = "Ends a text; id 1. Default ${DEFAULT-VALUE}.")
    private String eosToken;

    @Option(names = "--pad-token", paramLabel = "TOKEN", description = "Fills up short texts. Default: none.")
    private Optional<String> padToken = Optional.empty();

    @Option(
            names = "--special-token",
            paramLabel = "TOKEN",
            description = "Repeatable: a further control token, which no text is ever encoded to.")
    private List<String> specialTokens = List.of();

    @Spec
    private CommandSpec spec;

    TokenizerTrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        List<String> controls = controls();
        BytePairTrainer trainer = BytePairTrainer.ofUnicode(BytePairTrainer.DEFAULT_BUDGET);
        try { // asks for a size and control tokens that cannot be, before anything is read
            trainer.train(controls, vocabSize);
        } catch (IllegalArgumentException problem) {
            throw new ParameterException(spec.commandLine(), problem.getMessage());
        }
        output.check();
        BytePairVocabulary vocabulary;
        try (ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            inputs.read(trainer::add, progress);
            int merged = vocabSize - controls.size() - 256;
            vocabulary = trainer.train(
                    controls, vocabSize, done -> progress.on("merging pieces", done, merged, "pieces"));
        }
        output.publish(directory -> {
            directory.write(Tokenizer.TOKENIZER_JSON, new TokenizerJsonWriter().text(vocabulary));
            directory.write(
                    Tokenizer.TOKENIZER_CONFIG, new TokenizerConfigWriter(bosToken, eosToken, padToken).text());
        });
        report(trainer, vocabulary);
        return ExitCodes.DONE;
    }

    /** The named ones first; one token may have two tasks, such as padding and ending a text. */
    private List<String> controls() {
        Set<String> controls = new LinkedHashSet<>(List.of(bosToken, eosToken));
        padToken.ifPresent(controls::add);
        List<String> all = new ArrayList<>(controls);
        specialTokens.stream().filter(token -> !controls.contains(token)).forEach(all::add);
        return all;
    }

    private void report(BytePairTrainer trainer, BytePairVocabulary vocabulary) {
        PrintWriter out = spec.commandLine().getOut();
        if (trainer.forgotten() > 0) {
            out.println(Figures.count(trainer.forgotten())
                    + " occurrences of rare words were left out, to stay within the memory");
        }
        if (vocabulary.size() < vocabSize) {
            out.println("the text has no more pairs that occur twice: the vocabulary is smaller than asked for");
        }
        out.println("wrote " + output.path() + " (" + Figures.count(vocabulary.size()) + " tokens)");
    }
}

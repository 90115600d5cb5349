package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.bayling.checkpoint.HfModelWriter;
import org.bayling.data.DataException;
import org.bayling.io.DiskSpace;
import org.bayling.model.SideFiles;
import org.bayling.model.VocabularyExtension;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Figures;
import org.bayling.observe.Terminal;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.training.ExtendedTokenizer;
import org.bayling.tokenizer.training.ExtendedTokenizer.NewPiece;
import org.bayling.tokenizer.training.TokenizerExtender;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tokenizer extend}: a model with pieces for languages that its vocabulary serves badly. */
@Command(
        name = "extend",
        description = {
            "Add pieces learnt from text to a model's tokenizer, and rows for them to its embedding and head.",
            "A new row is the mean of the rows of the old pieces. Old ids stay; text without new pieces keeps its ids."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train tokenizer extend --model ../models/llama-3-8b-instruct --input khmer.txt.gz lao.txt.gz \\",
            "    --pieces 4000 --output models/llama-3-khmer-lao"
        })
final class TokenizerExtendCommand implements Callable<Integer> {
    /** Files of other forms of the same vocabulary, which do not know the new pieces. */
    private static final List<String> OUTDATED = List.of("tokenizer.model", "vocab.json", "merges.txt");

    private final Terminal terminal;

    @Mixin
    private ModelOptions model;

    @Mixin
    private TextInputs inputs;

    @Mixin
    private OutputDirectory output;

    @Option(names = "--pieces", required = true, paramLabel = "N", description = "How many pieces to add.")
    private int pieces;

    @Option(
            names = "--max-shard-size",
            paramLabel = "SIZE",
            converter = Converters.Bytes.class,
            description = "Largest weight file, such as 5GB or 500MiB. Default: 5GB.")
    private long maxShardSize = HfModelWriter.DEFAULT_MAX_SHARD_BYTES;

    @Spec
    private CommandSpec spec;

    TokenizerExtendCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (pieces < 1) {
            throw new ParameterException(spec.commandLine(), "--pieces must be 1 or more, got " + pieces);
        }
        output.check();
        ModelOptions.Places places = model.resolve();
        if (places.adapter().isPresent()) {
            throw new DataException(places.adapter().get() + ": is an adapter, which has no rows for new tokens; build it into "
                    + "its base first (bayling-train merge) and extend the result");
        }
        try (OpenedModel opened = OpenedModel.open(places);
                Tokenizer tokenizer = ModelTokenizer.open(places.base());
                TokenizerExtender extender = new TokenizerExtender(tokenizer, TokenizerExtender.DEFAULT_BUDGET)) {
            ExtendedTokenizer extended = learn(extender, tokenizer);
            write(opened, extended);
            report(extender, extended);
        }
        return ExitCodes.DONE;
    }

    private ExtendedTokenizer learn(TokenizerExtender extender, Tokenizer tokenizer) throws IOException {
        try (ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            inputs.read(extender::add, progress);
            ExtendedTokenizer extended =
                    extender.extend(pieces, done -> progress.on("merging pieces", done, pieces, "pieces"));
            if (extended.pieces().isEmpty()) {
                throw new DataException("the text gives no new piece: nothing in it occurs twice that " + tokenizer.name()
                        + " has no piece for; give more --input");
            }
            return extended;
        }
    }

    private void write(OpenedModel opened, ExtendedTokenizer extended) throws IOException {
        VocabularyExtension extension = new VocabularyExtension(
                opened.files(),
                extended.firstId(),
                extended.pieces().stream().map(NewPiece::oldPieces).toList());
        SideFiles old = SideFiles.of(opened.files());
        SortedMap<String, byte[]> files = new TreeMap<>(old.files());
        files.keySet().removeAll(OUTDATED);
        files.put(Tokenizer.TOKENIZER_JSON, extended.json());
        DiskSpace.require(output.path(), extension.bytes(), "the model");
        output.publish(directory -> {
            extension.writeInto(directory, new SideFiles(old.generationConfig(), files), maxShardSize);
            directory.digests(); // all bytes are in the files from here on
            Tokenizer.load(directory.temporary()).close(); // refuses what could not be used
        });
        PrintWriter out = spec.commandLine().getOut();
        List<String> left = new ArrayList<>(OUTDATED);
        left.retainAll(old.files().keySet());
        if (!left.isEmpty()) {
            out.println("left out, since they do not know the new pieces: " + String.join(", ", left));
        }
        out.println("vocab_size " + extension.vocabSize() + ", new ids " + extended.firstId() + " to "
                + (extended.firstId() + extended.pieces().size() - 1));
    }

    private void report(TokenizerExtender extender, ExtendedTokenizer extended) {
        PrintWriter out = spec.commandLine().getOut();
        if (extender.forgotten() > 0) {
            out.println(Figures.count(extender.forgotten())
                    + " occurrences of rare words were left out, to stay within the memory");
        }
        if (extended.pieces().size() < pieces) {
            out.println("nothing more occurs twice: fewer pieces than asked for");
        }
        out.println("words of the input: " + Figures.count(extended.tokensBefore()) + " tokens before, "
                + Figures.count(extended.tokensAfter()) + " after");
        out.println("wrote " + output.path() + " (" + Figures.count(extended.pieces().size()) + " new pieces)");
    }
}

package org.bayling.evaluation.alignment;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bayling.corpus.LetterScript;
import org.bayling.data.DataException;
import org.bayling.io.DiskSpace;
import org.bayling.io.OwnedResources;
import org.bayling.model.InvalidModelException;
import org.bayling.observe.TaskProgress;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.train.HiddenStates;

/**
 * Sentences through a model, their vectors into files. Several sentences lie in one row as documents that do not see
 * each other. In memory are one row and its vectors, whatever the number of languages.
 *
 * <p>A BOS token (EOS where there is none) stands in front of every sentence, also for tokenizers that add none, and is
 * not pooled: models use the first token of a text as a sink of attention, and its states, a hundred times as long as
 * all others, would leave nothing to see in the mean but the sentence's length.
 */
public final class SentenceStates {
    /** Long enough for full speed of the products; only a single sentence may be longer. */
    private static final int ROW_TOKENS = 1024;

    private final Tokenizer tokenizer;
    private final HiddenStates states;
    private final Settings settings;

    /**
     * How sentences become vectors.
     *
     * @param model name, for the result
     * @param products what products run in, {@code float32}; for the result
     * @param hiddenSize of the model
     * @param pooling of a sentence's tokens
     * @param maxTokens of a sentence; longer ones are cut
     * @param layers to keep: 0 is the embedding, 1 the first decoder layer, ...; empty keeps all
     */
    public record Settings(
            String model, String products, int hiddenSize, Pooling pooling, int maxTokens, List<Integer> layers) {
        public Settings {
            layers = List.copyOf(layers);
        }
    }

    public SentenceStates(Tokenizer tokenizer, HiddenStates states, Settings settings) {
        this.tokenizer = tokenizer;
        this.states = states;
        this.settings = settings;
    }

    /** A sentence as ids; those from {@code first} on are its own. */
    private record Document(int[] ids, int first, boolean cut) {}

    /**
     * Writes {@code states.json} and the layers' files.
     *
     * @param folder is there and empty
     * @param data name of the data, for the result
     * @param pivots how many of the first languages are pivots
     */
    public AlignmentStudy write(
            Path folder, String data, ParallelSentences sentences, int pivots, TaskProgress progress)
            throws IOException {
        int[] layers = settings.layers().isEmpty()
                ? IntStream.range(0, states.count()).toArray()
                : settings.layers().stream().mapToInt(Integer::intValue).toArray();
        long bytes = 4L * layers.length * sentences.total() * settings.hiddenSize();
        DiskSpace.require(folder, bytes, "the hidden states (fewer --layers or a smaller --limit need less)");
        List<AlignmentStudy.Language> languages = new ArrayList<>();
        try (OwnedResources owned = new OwnedResources()) {
            OutputStream[] files = new OutputStream[layers.length];
            for (int i = 0; i < layers.length; i++) {
                Path file = folder.resolve(AlignmentStudy.statesFile(i));
                files[i] = owned.own(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
            }
            for (int l = 0; l < sentences.languages().size(); l++) {
                languages.add(language(sentences, l, layers, files, progress));
            }
        }
        AlignmentStudy study = new AlignmentStudy(
                settings.model(),
                settings.products(),
                data,
                settings.pooling(),
                sentences.count(),
                settings.hiddenSize(),
                Arrays.stream(layers).mapToObj(this::name).toList(),
                sentences.codes().subList(0, pivots),
                languages);
        Files.writeString(folder.resolve(AlignmentJson.STATES), AlignmentJson.text(study), StandardCharsets.UTF_8);
        return study;
    }

    private String name(int layer) {
        return layer == 0 ? "embed_tokens" : layer == states.count() - 1 ? "norm" : "layers." + (layer - 1);
    }

    private AlignmentStudy.Language language(
            ParallelSentences sentences, int index, int[] layers, OutputStream[] files, TaskProgress progress)
            throws IOException {
        ParallelLanguage language = sentences.languages().get(index);
        List<String> texts = sentences.texts().get(index);
        List<Document> row = new ArrayList<>();
        int rowTokens = 0;
        long tokens = 0;
        int cut = 0;
        for (int i = 0; i < texts.size(); i++) {
            Document document = encode(texts.get(i), language, i);
            if (rowTokens > 0 && rowTokens + document.ids().length > ROW_TOKENS) {
                write(row, language, layers, files);
                row.clear();
                rowTokens = 0;
                progress.on("hidden states", (long) index * texts.size() + i, sentences.total(), "sentences");
            }
            row.add(document);
            rowTokens += document.ids().length;
            tokens += document.ids().length - document.first();
            cut += document.cut() ? 1 : 0;
        }
        write(row, language, layers, files);
        progress.on("hidden states", (index + 1L) * texts.size(), sentences.total(), "sentences");
        String script = LetterScript.of(texts.stream());
        return new AlignmentStudy.Language(language.code(), language.name(), script, tokens, cut);
    }

    private Document encode(String text, ParallelLanguage language, int index) throws DataException {
        int[] own = tokenizer.encodeOrdinary(text);
        if (own.length == 0) {
            throw new DataException(
                    "sentence " + (index + 1) + " in '" + language.code() + "' has no token: \"" + text + "\"");
        }
        OptionalInt begin = tokenizer.bosId().isPresent() ? tokenizer.bosId() : tokenizer.eosId();
        int first = begin.isPresent() ? 1 : 0;
        int kept = Math.min(own.length, settings.maxTokens() - first);
        int[] ids = new int[first + kept];
        begin.ifPresent(id -> ids[0] = id);
        System.arraycopy(own, 0, ids, first, kept);
        return new Document(ids, first, kept < own.length);
    }

    private void write(List<Document> row, ParallelLanguage language, int[] layers, OutputStream[] files)
            throws IOException {
        int[] starts = new int[row.size() + 1];
        for (int d = 0; d < row.size(); d++) {
            starts[d + 1] = starts[d] + row.get(d).ids().length;
        }
        int[] tokens = row.stream().flatMapToInt(document -> Arrays.stream(document.ids())).toArray();
        float[][] pooled = new float[layers.length][];
        states.of(tokens, starts, (layer, hidden) -> {
            int kept = Arrays.binarySearch(layers, layer);
            if (kept >= 0) {
                pooled[kept] = pool(row, starts, hidden);
            }
        });
        for (int i = 0; i < layers.length; i++) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * pooled[i].length).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : pooled[i]) {
                if (!Float.isFinite(value)) {
                    throw new InvalidModelException(settings.model() + ": the states of " + name(layers[i]) + " for '"
                            + language.code() + "' are not finite; the model's weights are damaged");
                }
                bytes.putFloat(value);
            }
            files[i].write(bytes.array());
        }
    }

    private float[] pool(List<Document> row, int[] starts, float[] hidden) {
        int size = settings.hiddenSize();
        float[] vectors = new float[row.size() * size];
        for (int d = 0; d < row.size(); d++) {
            int first = starts[d] + row.get(d).first();
            settings.pooling().pool(hidden, first, starts[d + 1], size, vectors, d * size);
        }
        return vectors;
    }
}

package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bayling.config.NearestNames;
import org.bayling.evaluation.sentencepiece.SentencePieceModel;
import org.bayling.evaluation.translation.Bleu;
import org.bayling.evaluation.translation.Bleu.SmoothMethod;
import org.bayling.evaluation.translation.Bleu.Smoothing;
import org.bayling.evaluation.translation.BleuTokenizer;
import org.bayling.evaluation.translation.Chrf;
import org.bayling.evaluation.translation.Ter;
import org.bayling.evaluation.translation.TranslationMetric;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Which metrics are computed, and how: sacreBLEU's options by the same names. */
final class MetricOptions {
    private static final List<String> METRICS = List.of("bleu", "chrf", "chrf++", "ter");
    private static final List<String> MECAB = List.of("ja-mecab", "ko-mecab");
    private static final List<String> TOKENIZERS = List.of(
            "13a", "zh", "intl", "char", "none", "spm", "flores101", "flores200", "spBLEU-1K", "ja-mecab", "ko-mecab");

    @Option(
            names = {"-m", "--metrics"},
            paramLabel = "NAME",
            split = ",",
            description = "bleu, chrf, chrf++ and ter, with commas between them; default ${DEFAULT-VALUE}.",
            defaultValue = "bleu,chrf")
    private List<String> metrics;

    @Option(
            names = {"--tokenize", "-tok"},
            paramLabel = "NAME",
            description = {
                "BLEU's tokenizer: 13a, zh, intl, char, none; or with --spm-model spm, flores101, flores200, spBLEU-1K.",
                "Default 13a, and zh for --lang-pair xx-zh."
            })
    private Optional<String> tokenize = Optional.empty();

    @Option(
            names = "--spm-model",
            paramLabel = "FILE",
            description = "The SentencePiece model of --tokenize flores200 and the like.")
    private Optional<Path> spmModel = Optional.empty();

    @Option(
            names = {"--lowercase", "-lc"},
            description = "BLEU without regard to case; chrF has --chrf-lowercase, TER is so by custom.")
    private boolean lowercase;

    @Option(
            names = {"--smooth-method", "-s"},
            paramLabel = "NAME",
            converter = SmoothMethodConverter.class,
            description = "BLEU's smoothing: exp (default), floor, add-k, none.")
    private SmoothMethod smoothMethod = SmoothMethod.EXP;

    @Option(
            names = {"--smooth-value", "-sv"},
            paramLabel = "X",
            description = "The value of floor (default 0.1) and add-k (default 1).")
    private Optional<Double> smoothValue = Optional.empty();

    @Option(
            names = "--max-ngram-order",
            paramLabel = "N",
            defaultValue = "4",
            description = "BLEU's longest n-gram; default ${DEFAULT-VALUE}.")
    private int maxNgramOrder;

    @Option(
            names = "--effective-order",
            description = "BLEU without the orders that the text is too short for; always so for sentences.")
    private boolean effectiveOrder;

    @Option(
            names = {"--chrf-char-order", "-cc"},
            paramLabel = "N",
            defaultValue = "6",
            description = "chrF's longest character n-gram; default ${DEFAULT-VALUE}.")
    private int chrfCharOrder;

    @Option(
            names = {"--chrf-word-order", "-cw"},
            paramLabel = "N",
            defaultValue = "0",
            description = "The longest word n-gram of chrf; default ${DEFAULT-VALUE}. That of chrf++ is 2.")
    private int chrfWordOrder;

    @Option(
            names = "--chrf-beta",
            paramLabel = "X",
            defaultValue = "2",
            description = "chrF's weight of recall; default ${DEFAULT-VALUE}.")
    private double chrfBeta;

    @Option(names = "--chrf-whitespace", description = "chrF with white space in its n-grams.")
    private boolean chrfWhitespace;

    @Option(names = "--chrf-lowercase", description = "chrF without regard to case.")
    private boolean chrfLowercase;

    @Option(names = "--chrf-eps-smoothing", description = "chrF smoothed as chrF++.py, NLTK and Moses do it.")
    private boolean chrfEpsSmoothing;

    @Option(names = "--ter-case-sensitive", description = "TER with regard to case.")
    private boolean terCaseSensitive;

    @Option(names = "--ter-asian-support", description = "TER with characters of East Asia as words of their own.")
    private boolean terAsianSupport;

    @Option(names = "--ter-no-punct", description = "TER without punctuation.")
    private boolean terNoPunct;

    @Option(names = "--ter-normalized", description = "TER with mteval's tokenization.")
    private boolean terNormalized;

    /** {@code exp}, {@code floor}, {@code add-k} or {@code none}. */
    static final class SmoothMethodConverter implements ITypeConverter<SmoothMethod> {
        @Override
        public SmoothMethod convert(String word) {
            for (SmoothMethod method : SmoothMethod.values()) {
                if (method.toString().equals(word.toLowerCase(Locale.ROOT))) {
                    return method;
                }
            }
            throw new TypeConversionException("'" + word + "' is none of exp, floor, add-k, none");
        }
    }

    /**
     * The metrics in the order they were asked for, each once.
     *
     * @param language of the outputs, ISO 639-1, where it is known
     */
    List<TranslationMetric> metrics(Optional<String> language, CommandSpec spec) throws IOException {
        atLeast("--max-ngram-order", maxNgramOrder, 1, spec);
        atLeast("--chrf-char-order", chrfCharOrder, 1, spec);
        atLeast("--chrf-word-order", chrfWordOrder, 0, spec);
        if (!(chrfBeta > 0) || Double.isInfinite(chrfBeta)) {
            throw wrong(spec, "--chrf-beta " + chrfBeta + ": must be above 0");
        }
        Map<String, TranslationMetric> chosen = new LinkedHashMap<>();
        for (String name : metrics) {
            TranslationMetric metric = metric(name.strip().toLowerCase(Locale.ROOT), language, spec);
            chosen.putIfAbsent(metric.key(), metric);
        }
        return new ArrayList<>(chosen.values());
    }

    private TranslationMetric metric(String name, Optional<String> language, CommandSpec spec) throws IOException {
        return switch (name) {
            case "bleu" ->
                new Bleu(tokenizer(language, spec), lowercase, smoothing(spec), maxNgramOrder, effectiveOrder);
            case "chrf" -> chrf(chrfWordOrder);
            case "chrf++" -> chrf(2);
            case "ter" -> new Ter(terNormalized, terNoPunct, terAsianSupport, terCaseSensitive);
            case "comet" -> throw wrong(spec, "--metrics comet: unavailable; no COMET checkpoint can be read yet");
            default -> throw unknown(spec, "--metrics", name, METRICS);
        };
    }

    private Chrf chrf(int wordOrder) {
        return new Chrf(chrfCharOrder, wordOrder, chrfBeta, chrfLowercase, chrfWhitespace, chrfEpsSmoothing);
    }

    private Smoothing smoothing(CommandSpec spec) {
        if (smoothValue.isEmpty()) {
            return Smoothing.of(smoothMethod);
        }
        if (smoothMethod == SmoothMethod.EXP || smoothMethod == SmoothMethod.NONE) {
            throw wrong(spec, "--smooth-value is for --smooth-method floor and add-k; " + smoothMethod + " takes none");
        }
        if (!(smoothValue.get() >= 0) || smoothValue.get().isInfinite()) {
            throw wrong(spec, "--smooth-value " + smoothValue.get() + ": must be 0 or more");
        }
        return new Smoothing(smoothMethod, smoothValue.get());
    }

    private BleuTokenizer tokenizer(Optional<String> language, CommandSpec spec) throws IOException {
        String name = tokenize.orElseGet(() -> BleuTokenizer.defaultFor(language.orElse("")));
        Optional<BleuTokenizer> plain = BleuTokenizer.named(name);
        if (plain.isPresent()) {
            return plain.get();
        }
        if (MECAB.contains(name)) {
            throw wrong(
                    spec,
                    (tokenize.isPresent()
                                    ? "--tokenize " + name
                                    : "--lang-pair for " + language.orElse("") + " takes " + name)
                            + ", which is not available: it needs MeCab with its dictionary, and no Java library is known"
                            + " to cut exactly like it; use --tokenize char, or flores200 with --spm-model");
        }
        if (!BleuTokenizer.SENTENCE_PIECE.contains(name)) {
            throw unknown(spec, "--tokenize", name, TOKENIZERS);
        }
        Path model = spmModel.orElseThrow(() -> wrong(
                spec,
                "--tokenize " + name + " needs its SentencePiece model: --spm-model FILE (sacreBLEU keeps it in"
                        + " ~/.sacrebleu/models; nothing is fetched from here)"));
        SentencePieceModel pieces = SentencePieceModel.load(model);
        String signature = name.equals("spm") ? "flores101" : name; // sacreBLEU's old name for it
        return BleuTokenizer.of(signature, line -> String.join(" ", pieces.encodeAsPieces(line)));
    }

    private static void atLeast(String option, int value, int least, CommandSpec spec) {
        if (value < least || value > 100) {
            throw wrong(spec, option + " " + value + ": must be from " + least + " to 100");
        }
    }

    private static ParameterException unknown(CommandSpec spec, String option, String name, List<String> known) {
        List<String> nearest = NearestNames.of(name, known);
        String hint = nearest.isEmpty() ? "" : " (did you mean " + String.join(" or ", nearest) + "?)";
        return wrong(spec, option + " " + name + ": unknown" + hint + "; known are " + String.join(", ", known));
    }

    private static ParameterException wrong(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

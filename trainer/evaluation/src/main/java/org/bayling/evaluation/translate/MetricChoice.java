package org.bayling.evaluation.translate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bayling.evaluation.sentencepiece.SentencePieceModel;
import org.bayling.evaluation.translation.Bleu;
import org.bayling.evaluation.translation.BleuTokenizer;
import org.bayling.evaluation.translation.Chrf;
import org.bayling.evaluation.translation.Ter;
import org.bayling.evaluation.translation.TranslationMetric;

/**
 * Which metrics are computed, each with sacreBLEU's defaults.
 *
 * @param names of {@link #NAMES}
 * @param tokenize BLEU's tokenizer; empty takes the target language's: {@code zh} for Chinese and Cantonese, {@code
 *     char} for Japanese and Korean (sacreBLEU's MeCab has no equal in Java), else {@code 13a}
 * @param spm a SentencePiece model for spBLEU
 * @param spmName its name in signatures: {@code flores101}, {@code flores200}
 */
public record MetricChoice(
        List<String> names, Optional<String> tokenize, Optional<Path> spm, String spmName) {
    /** All metrics. */
    public static final List<String> NAMES = List.of("bleu", "spbleu", "chrf", "chrf++", "ter");

    /** The SentencePiece model's name where none is given. */
    public static final String SPM_NAME = "flores200";

    private static final List<String> CHINESE = List.of("zh", "yue", "lzh", "wuu");
    private static final List<String> MECAB = List.of("ja", "ko");

    /** @throws IllegalArgumentException for an unknown metric or tokenizer, or one that lacks its file */
    public MetricChoice {
        names = List.copyOf(names);
        for (String name : names) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "metric '" + name + "' is none of " + String.join(", ", NAMES) + (name.equals("comet")
                                ? "; COMET is unavailable: no checkpoint of it can be read yet"
                                : ""));
            }
        }
        if (names.contains("spbleu") && spm.isEmpty()) {
            throw new IllegalArgumentException("spbleu needs its SentencePiece model: --spm-model FILE (sacreBLEU keeps"
                    + " it in ~/.sacrebleu/models; nothing is fetched from here)");
        }
        if (!BleuTokenizer.SENTENCE_PIECE.contains(spmName)) {
            throw new IllegalArgumentException("SentencePiece tokenizer '" + spmName + "' is none of "
                    + String.join(", ", BleuTokenizer.SENTENCE_PIECE));
        }
        if (tokenize.isPresent() && BleuTokenizer.named(tokenize.get()).isEmpty()) {
            throw new IllegalArgumentException("tokenizer '" + tokenize.get() + "' "
                    + (tokenize.get().endsWith("-mecab")
                            ? "is not available: it needs MeCab with its dictionary; use char, or spbleu with its model"
                            : "is none of 13a, zh, intl, char, none; for flores200 and the like take spbleu"));
        }
    }

    /** What is reported unless something else is asked for. */
    public static List<String> defaults(boolean spm) {
        return spm ? List.of("bleu", "spbleu", "chrf++") : List.of("bleu", "chrf++");
    }

    /** Reads the SentencePiece model, where there is one. */
    Loaded load() throws IOException {
        if (spm.isEmpty() || !names.contains("spbleu")) {
            return new Loaded(this, Optional.empty());
        }
        SentencePieceModel pieces = SentencePieceModel.load(spm.get());
        String signature = spmName.equals("spm") ? "flores101" : spmName; // sacreBLEU's old name for it
        return new Loaded(
                this,
                Optional.of(Bleu.of(
                        BleuTokenizer.of(signature, line -> String.join(" ", pieces.encodeAsPieces(line))))));
    }

    /** The metrics with what they need in memory. */
    record Loaded(MetricChoice choice, Optional<Bleu> spbleu) {

        /** Metrics by name, in the order they were asked for. */
        Map<String, TranslationMetric> of(NamedLanguage target) {
            Map<String, TranslationMetric> metrics = new LinkedHashMap<>();
            for (String name : choice.names) {
                metrics.put(name, switch (name) {
                    case "bleu" -> Bleu.of(BleuTokenizer.named(choice.tokenizer(target)).orElseThrow());
                    case "spbleu" -> spbleu.orElseThrow();
                    case "chrf" -> Chrf.chrf2();
                    case "chrf++" -> Chrf.chrf2PlusPlus();
                    default -> Ter.standard();
                });
            }
            return metrics;
        }
    }

    private String tokenizer(NamedLanguage target) {
        if (tokenize.isPresent()) {
            return tokenize.get();
        }
        if (CHINESE.contains(target.language())) {
            return "zh";
        }
        return MECAB.contains(target.language()) ? "char" : "13a";
    }
}

package org.bayling.evaluation.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bayling.evaluation.translation.Bleu;
import org.bayling.evaluation.translation.BleuTokenizer;
import org.bayling.evaluation.translation.Chrf;
import org.bayling.evaluation.translation.SignatureContext;
import org.bayling.evaluation.translation.Ter;
import org.bayling.evaluation.translation.TranslationMetric;

/** The metric with the settings that a signature tells. */
final class MetricOfSignature {
    /** Parts of a signature that are not settings of the metric. */
    private static final List<String> CONTEXT = List.of("nrefs", "bs", "ar", "seed", "version");

    private MetricOfSignature() {}

    /** Empty for a metric that cannot be made again without further files, such as a SentencePiece model. */
    static Optional<TranslationMetric> find(String key, Optional<String> signature) {
        for (TranslationMetric metric : candidates(key)) {
            String own = settings(metric.signature(SignatureContext.of(1, "")));
            if (signature.isEmpty() || settings(signature.get()).equals(own)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }

    /** The settings in a signature, without what tells of references, resampling and version. */
    static String settings(String signature) {
        return Arrays.stream(signature.split("\\|"))
                .filter(part -> !CONTEXT.contains(part.split(":", 2)[0]))
                .collect(Collectors.joining("|"));
    }

    private static List<TranslationMetric> candidates(String key) {
        List<TranslationMetric> metrics = new ArrayList<>();
        for (boolean flag : new boolean[] {false, true}) {
            switch (key) {
                case "bleu" -> List.of("13a", "zh", "intl", "char", "none").forEach(name -> metrics.add(new Bleu(
                        BleuTokenizer.named(name).orElseThrow(), flag, Bleu.Smoothing.exp(), 4, false)));
                case "chrf" -> metrics.add(new Chrf(6, 0, 2, flag, false, false));
                case "chrf++" -> metrics.add(new Chrf(6, 2, 2, flag, false, false));
                case "ter" -> {
                    metrics.add(new Ter(false, false, false, flag));
                    metrics.add(new Ter(true, false, true, flag));
                }
                default -> {
                    return List.of();
                }
            }
        }
        return metrics;
    }
}

package org.bayling.evaluation.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All numbers that one evaluation gave for one model.
 *
 * @param name of the evaluation: that of its suite, or of its task
 * @param kind {@code translation}, {@code choice} or {@code perplexity}; {@code suite} where there are several
 * @param model for people: the model's path, and the adapter's
 * @param fingerprint of the model's files
 * @param settings that scores depend on (prompt, decoding, examples, limits), in the order of the report
 * @param scores in the order of the report
 */
public record EvaluationResults(
        String name, String kind, String model, String fingerprint, Map<String, String> settings, List<Score> scores) {

    public EvaluationResults {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        scores = List.copyOf(scores);
    }
}

package org.bayling.evaluation.translate;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bayling.evaluation.significance.Bootstrap;

/**
 * What is computed of translations.
 *
 * @param metrics by name
 * @param bootstrap of confidence intervals; empty for none
 * @param checkLanguage whether outputs are counted by language
 * @param version of this program, for signatures
 */
public record ScoringChoice(
        MetricChoice metrics, Optional<Bootstrap> bootstrap, boolean checkLanguage, String version) {
    /** What is said of COMET as long as no checkpoint of it can be read. */
    public static final String COMET = "unavailable";

    /**
     * Reads what the metrics need.
     *
     * @param task name of the scores
     */
    DirectionScoring load(String task) throws IOException {
        return new DirectionScoring(task, metrics.load(), bootstrap, checkLanguage, version);
    }

    /** For people. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        bootstrap.ifPresent(drawn -> settings.put(
                "confidence", "95%, bootstrap of " + drawn.samples() + " resamples, seed " + drawn.seed()));
        settings.put("comet", COMET);
        return settings;
    }
}

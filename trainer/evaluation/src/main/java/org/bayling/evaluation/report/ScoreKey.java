package org.bayling.evaluation.report;

import java.util.Optional;
import org.bayling.evaluation.results.Score;

/** What makes the scores of two systems the same measurement. */
record ScoreKey(String task, Optional<String> source, Optional<String> language, String metric) {

    static ScoreKey of(Score score) {
        return new ScoreKey(score.task(), score.source(), score.language(), score.metric());
    }

    /** For people: {@code flores-200 en → de, chrf++}. */
    @Override
    public String toString() {
        String of = source.map(from -> from + " → ").orElse("") + language.orElse("");
        return task + (of.isEmpty() ? "" : " " + of) + ", " + metric;
    }
}

package org.bayling.evaluation.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bayling.evaluation.language.LanguageIdentifier;
import org.bayling.evaluation.results.Score;
import org.bayling.evaluation.scoring.OutputCheck;
import org.bayling.evaluation.scoring.OutputCounts;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.evaluation.significance.Estimate;
import org.bayling.evaluation.translation.SegmentTable;
import org.bayling.evaluation.translation.SignatureContext;
import org.bayling.evaluation.translation.TranslationMetric;

/**
 * Scores of directions.
 *
 * @param task name of the scores
 * @param bootstrap of confidence intervals; empty for none
 * @param checkLanguage whether outputs are counted by language
 * @param version of this program, for signatures
 */
record DirectionScoring(
        String task,
        MetricChoice.Loaded metrics,
        Optional<Bootstrap> bootstrap,
        boolean checkLanguage,
        String version) {
    static final String LANGUAGE = "language_correctness";

    /** One for each metric, then what is wrong with outputs at first sight. */
    List<Score> scores(TranslatedDirection translated) {
        List<Score> scores = new ArrayList<>();
        SignatureContext context = SignatureContext.of(translated.texts().referenceCount(), version);
        metrics.of(translated.texts().target()).forEach((name, metric) -> {
            SegmentTable table = SegmentTable.of(metric, translated.hypotheses(), translated.texts().references());
            scores.add(score(
                    translated,
                    name,
                    metric.score(table.sums()).score(),
                    interval(metric, table),
                    Optional.of(metric.signature(context))));
        });
        OutputCounts counts = counts(translated);
        counts.language()
                .filter(language -> language.right() + language.wrong() > 0)
                .ifPresent(language -> scores.add(plain(translated, LANGUAGE, language.correctness())));
        scores.add(plain(translated, "empty", counts.empty()));
        scores.add(plain(translated, "copied", counts.copied().orElse(0L)));
        scores.add(plain(translated, "overlong", counts.overlong()));
        return scores;
    }

    private Optional<Score.Interval> interval(TranslationMetric metric, SegmentTable table) {
        return bootstrap.map(drawn -> {
            Estimate estimate = drawn.confidence(metric, table);
            return new Score.Interval(
                    estimate.mean() - estimate.halfWidth(), estimate.mean() + estimate.halfWidth());
        });
    }

    private OutputCounts counts(TranslatedDirection translated) {
        Optional<LanguageIdentifier> identifier = checkLanguage
                ? Optional.of(LanguageIdentifier.of(translated.texts().target().tag()))
                : Optional.empty();
        OutputCheck check = new OutputCheck(true, identifier);
        for (int i = 0; i < translated.texts().segments().size(); i++) {
            Segment segment = translated.texts().segments().get(i);
            check.look(translated.hypotheses().get(i), segment.references(), segment.source());
        }
        return check.counts();
    }

    private Score plain(TranslatedDirection translated, String metric, double value) {
        return score(translated, metric, value, Optional.empty(), Optional.empty());
    }

    private Score score(
            TranslatedDirection translated,
            String metric,
            double value,
            Optional<Score.Interval> interval,
            Optional<String> signature) {
        return new Score(
                task,
                Optional.of(translated.direction().source()),
                Optional.of(translated.direction().target()),
                metric,
                value,
                interval,
                OptionalDouble.empty(),
                translated.texts().segments().size(),
                signature);
    }
}

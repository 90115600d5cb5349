package org.bayling.evaluation.translate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bayling.data.DataException;
import org.bayling.evaluation.results.EvaluationResults;
import org.bayling.evaluation.results.ModelFingerprint;
import org.bayling.observe.TaskProgress;

/**
 * The outputs of a published system, which come with a test set of WMT, scored as a model's are.
 *
 * @param name of the scores
 * @param data the test set, and what of it
 * @param system its name in the files: {@code Online-A}
 * @param scoring what is computed
 */
public record SystemOutputs(String name, TestSetChoice data, String system, ScoringChoice scoring) {

    /**
     * Scores and their translations.
     *
     * @param results with the system in the place of a model
     */
    public record Outcome(EvaluationResults results, TranslationResults translations) {}

    /**
     * Reads and scores everything.
     *
     * @throws DataException when the test set has no outputs of the system in a wanted direction, or they do not fit
     */
    public Outcome run(LanguageDirectory languages, TaskProgress progress) throws IOException {
        TestSet set = data.files().open(languages);
        if (!(set instanceof PairFolder folder)) {
            throw new DataException(set.name() + ": holds no outputs of systems; only test sets of WMT do");
        }
        Map<Direction, Path> files = folder.outputs(system);
        if (files.isEmpty()) {
            throw new DataException(set.name() + ": has no outputs of a system '" + system + "'; there are "
                    + String.join(", ", folder.systems()));
        }
        List<TranslatedDirection> translated = new ArrayList<>();
        List<Path> used = new ArrayList<>();
        for (DirectionTexts texts : data.read(set, languages)) {
            Path file = files.get(texts.direction());
            if (file == null) {
                throw new DataException(set.name() + ": has no outputs of " + system + " from "
                        + texts.direction().source() + " to " + texts.direction().target()
                        + "; leave that out with --directions");
            }
            List<String> outputs = folder.outputs(texts.direction(), file);
            translated.add(new TranslatedDirection(texts, outputs.subList(0, texts.segments().size())));
            used.add(file);
        }
        TranslationResults scored = TranslationResults.of(scoring.load(name), translated, progress);
        Map<String, String> settings = new LinkedHashMap<>(data.settings());
        settings.put("outputs", "of " + system);
        settings.putAll(scoring.settings());
        EvaluationResults results = new EvaluationResults(
                name, "translation", system, ModelFingerprint.of(used, "outputs"), settings, scored.scores());
        return new Outcome(results, scored);
    }
}

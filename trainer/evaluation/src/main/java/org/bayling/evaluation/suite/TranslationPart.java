package org.bayling.evaluation.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.ResultsJson;
import org.bayling.evaluation.results.Score;
import org.bayling.evaluation.translate.LanguageDirectory;
import org.bayling.evaluation.translate.TranslationEvaluation;
import org.bayling.evaluation.translate.TranslationResults;
import org.bayling.evaluation.translate.TranslationTable;
import org.bayling.evaluation.translate.TranslationTask;

/**
 * A test set to be translated.
 *
 * @param languages by the codes of test sets
 */
public record TranslationPart(TranslationTask task, LanguageDirectory languages) implements EvaluationPart {
    /** Of parts like this. */
    public static final String KIND = "translation";

    @Override
    public String name() {
        return task.name();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, String> settings() {
        return task.settings();
    }

    @Override
    public Prepared read() throws IOException {
        TranslationEvaluation evaluation = task.read(languages);
        return (model, progress) -> new Results(evaluation.run(model, progress));
    }

    /** Scores and translations. */
    private record Results(TranslationResults translations) implements PartResults {
        @Override
        public List<Score> scores() {
            return translations.scores();
        }

        @Override
        public List<ResultItem> items() {
            return translations.items();
        }

        @Override
        public List<String> table() {
            return TranslationTable.text(translations);
        }

        @Override
        public List<String> csv() {
            return TranslationTable.csv(translations);
        }

        @Override
        public ObjectNode json() {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("task", translations.name());
            ArrayNode scores = node.putArray("scores");
            scores().forEach(score -> scores.add(ResultsJson.of(score)));
            return node.put("comet", TranslationTask.COMET);
        }
    }
}

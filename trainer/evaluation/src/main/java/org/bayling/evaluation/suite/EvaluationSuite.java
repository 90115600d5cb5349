package org.bayling.evaluation.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bayling.evaluation.results.EvaluationFolder;
import org.bayling.evaluation.results.EvaluationResults;
import org.bayling.evaluation.results.Score;
import org.bayling.observe.TaskProgress;

/**
 * Tasks that are evaluated one after another.
 *
 * @param name of the results
 * @param parts at least one, of different names
 */
public record EvaluationSuite(String name, List<EvaluationPart> parts) {

    public EvaluationSuite {
        parts = List.copyOf(parts);
    }

    /** A single task. */
    public static EvaluationSuite of(EvaluationPart part) {
        return new EvaluationSuite(part.name(), List.of(part));
    }

    /** A suite whose data are in memory. */
    public record Prepared(EvaluationSuite suite, List<EvaluationPart.Prepared> parts) {}

    /**
     * What a suite gave.
     *
     * @param results all scores
     * @param parts what each task gave
     */
    public record Outcome(EvaluationResults results, List<PartResults> parts) {

        /** Leaves the results in a folder. */
        public void write(Path folder) throws IOException {
            EvaluationFolder.write(
                    folder, results, parts.stream().flatMap(part -> part.items().stream()).iterator());
        }
    }

    /** Reads the data of all tasks, before a model is loaded. */
    public Prepared read() throws IOException {
        List<EvaluationPart.Prepared> prepared = new ArrayList<>();
        for (EvaluationPart part : parts) {
            prepared.add(part.read());
        }
        return new Prepared(this, prepared);
    }

    /**
     * Runs all tasks.
     *
     * @param fingerprint of the model's files
     */
    public static Outcome run(
            Prepared prepared, EvaluatedModel model, String modelName, String fingerprint, TaskProgress progress)
            throws IOException {
        List<PartResults> results = new ArrayList<>();
        List<Score> scores = new ArrayList<>();
        for (EvaluationPart.Prepared part : prepared.parts()) {
            PartResults result = part.run(model, progress);
            results.add(result);
            scores.addAll(result.scores());
        }
        EvaluationSuite suite = prepared.suite();
        return new Outcome(
                new EvaluationResults(suite.name(), suite.kind(), modelName, fingerprint, suite.settings(), scores),
                results);
    }

    private String kind() {
        return parts.size() == 1 ? parts.get(0).kind() : "suite";
    }

    /** Each task's, with its name in front where there are several. */
    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (EvaluationPart part : parts) {
            String prefix = parts.size() == 1 ? "" : part.name() + ".";
            part.settings().forEach((key, value) -> settings.put(prefix + key, value));
        }
        return settings;
    }
}

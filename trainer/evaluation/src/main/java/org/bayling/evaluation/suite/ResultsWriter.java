package org.bayling.evaluation.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bayling.evaluation.results.EvaluationResults;
import org.bayling.evaluation.results.Score;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;

/** Writes the folder of an evaluation; the files stand in the description of {@link org.bayling.evaluation.results}. */
final class ResultsWriter {
    private static final String RESULTS = "results.json";
    private static final String ITEMS = "items.jsonl";

    private ResultsWriter() {}

    static void write(Path folder, EvaluationResults results, List<ObjectNode> items) throws IOException {
        StringBuilder lines = new StringBuilder();
        items.forEach(item -> lines.append(item).append('\n'));
        AtomicFile.write(folder.resolve(ITEMS), lines.toString(), FaultPoint.NONE);
        String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json(results));
        AtomicFile.write(folder.resolve(RESULTS), text + "\n", FaultPoint.NONE);
    }

    private static ObjectNode json(EvaluationResults results) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", "bayling-evaluation").put("version", 1);
        root.put("name", results.name()).put("kind", results.kind());
        root.put("model", results.model()).put("fingerprint", results.fingerprint());
        ObjectNode settings = root.putObject("settings");
        results.settings().forEach(settings::put);
        results.scores().forEach(score -> root.withArray("scores").add(json(score)));
        return root;
    }

    /** A score as it stands in the file. */
    static ObjectNode json(Score score) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("task", score.task());
        score.source().ifPresent(source -> node.put("source", source));
        score.language().ifPresent(language -> node.put("language", language));
        node.put("metric", score.metric()).put("value", score.value());
        score.interval().ifPresent(interval -> node.put("low", interval.low()).put("high", interval.high()));
        score.stderr().ifPresent(error -> node.put("stderr", error));
        node.put("size", score.size());
        score.signature().ifPresent(signature -> node.put("signature", signature));
        return node;
    }
}

package org.bayling.evaluation.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bayling.evaluation.results.ResultItem.Translation;
import org.bayling.evaluation.results.ResultItem.Valued;
import org.bayling.evaluation.results.Score.Interval;

/** Results and items as JSON and back. What is wrong with a field is an IllegalArgumentException that names it. */
public final class ResultsJson {
    private static final String FORMAT = "bayling-evaluation";
    private static final int VERSION = 1;

    private ResultsJson() {}

    static ObjectNode of(EvaluationResults results) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", FORMAT).put("version", VERSION);
        root.put("name", results.name()).put("kind", results.kind());
        root.put("model", results.model()).put("fingerprint", results.fingerprint());
        ObjectNode settings = root.putObject("settings");
        results.settings().forEach(settings::put);
        ArrayNode scores = root.putArray("scores");
        results.scores().forEach(score -> scores.add(of(score)));
        return root;
    }

    /** A score as it stands in {@code results.json}. */
    public static ObjectNode of(Score score) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("task", score.task());
        score.source().ifPresent(source -> node.put("source", source));
        score.language().ifPresent(language -> node.put("language", language));
        node.put("metric", score.metric());
        number(node, "value", score.value());
        score.interval().ifPresent(interval -> {
            number(node, "low", interval.low());
            number(node, "high", interval.high());
        });
        score.stderr().ifPresent(error -> number(node, "stderr", error));
        node.put("size", score.size());
        score.signature().ifPresent(signature -> node.put("signature", signature));
        return node;
    }

    static ObjectNode of(ResultItem item) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("task", item.task());
        item.source().ifPresent(source -> node.put("source", source));
        node.put("language", item.language()).put("item", item.item());
        if (item instanceof Translation translation) {
            node.put("source_text", translation.sourceText()).put("hypothesis", translation.hypothesis());
            ArrayNode references = node.putArray("references");
            translation.references().forEach(references::add);
        } else if (item instanceof Valued valued) {
            valued.gold().ifPresent(gold -> node.put("gold", gold));
            ObjectNode values = node.putObject("values");
            valued.values().forEach((metric, value) -> number(values, metric, value));
        }
        return node;
    }

    /** A number that is not finite is a text, as JSON has none for it. */
    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.put(name, Double.toString(value));
        }
    }

    static EvaluationResults results(JsonNode root) {
        if (!root.path("format").asText().equals(FORMAT)) {
            throw new IllegalArgumentException("is not the result of an evaluation (format " + FORMAT + ")");
        }
        if (root.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("is of version " + root.path("version").asText("unknown")
                    + ", but this program reads version " + VERSION);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        root.path("settings").properties().forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        if (!root.path("scores").isArray()) {
            throw new IllegalArgumentException("'scores' must be a list");
        }
        List<Score> scores = new ArrayList<>();
        for (JsonNode score : root.path("scores")) {
            try {
                scores.add(score(score));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("scores[" + scores.size() + "]: " + wrong.getMessage(), wrong);
            }
        }
        return new EvaluationResults(
                text(root, "name"), text(root, "kind"), text(root, "model"), text(root, "fingerprint"), settings, scores);
    }

    private static Score score(JsonNode node) {
        Optional<Interval> interval = node.has("low") || node.has("high")
                ? Optional.of(new Interval(number(node, "low"), number(node, "high")))
                : Optional.empty();
        return new Score(
                text(node, "task"),
                optionalText(node, "source"),
                optionalText(node, "language"),
                text(node, "metric"),
                number(node, "value"),
                interval,
                node.has("stderr") ? OptionalDouble.of(number(node, "stderr")) : OptionalDouble.empty(),
                integer(node, "size"),
                optionalText(node, "signature"));
    }

    static ResultItem item(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("an item must be an object");
        }
        if (!node.has("hypothesis")) {
            OptionalInt gold = node.has("gold") ? OptionalInt.of(integer(node, "gold")) : OptionalInt.empty();
            Map<String, Double> values = new LinkedHashMap<>();
            JsonNode object = node.path("values");
            if (!object.isObject()) {
                throw new IllegalArgumentException("'values' must be an object");
            }
            object.fieldNames().forEachRemaining(metric -> values.put(metric, number(object, metric)));
            return new Valued(text(node, "task"), text(node, "language"), text(node, "item"), gold, values);
        }
        List<String> references = new ArrayList<>();
        for (JsonNode reference : node.path("references")) {
            if (!reference.isTextual()) {
                throw new IllegalArgumentException("'references' must be a list of texts");
            }
            references.add(reference.textValue());
        }
        return new Translation(
                text(node, "task"),
                text(node, "source"),
                text(node, "language"),
                text(node, "item"),
                text(node, "source_text"),
                text(node, "hypothesis"),
                references);
    }

    private static String text(JsonNode node, String name) {
        return optionalText(node, name).orElseThrow(() -> new IllegalArgumentException("'" + name + "' is absent"));
    }

    private static Optional<String> optionalText(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException("'" + name + "' must be a text");
        }
        return Optional.of(value.textValue());
    }

    private static double number(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return switch (value.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException("'" + name + "' must be a number");
        };
    }

    private static int integer(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw new IllegalArgumentException("'" + name + "' must be a whole number, 0 or more");
        }
        return value.intValue();
    }
}

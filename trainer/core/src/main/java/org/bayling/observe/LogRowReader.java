package org.bayling.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bayling.observe.RunEvent.Evaluated;
import org.bayling.observe.RunEvent.Finished;
import org.bayling.observe.RunEvent.GroupLoss;
import org.bayling.observe.RunEvent.Outcome;
import org.bayling.observe.RunEvent.Saved;
import org.bayling.observe.RunEvent.Started;
import org.bayling.observe.RunEvent.Stepped;
import org.bayling.observe.RunEvent.Warned;

/** Rows of {@code log.jsonl} back to events. */
final class LogRowReader {

    private final ObjectReader json = new ObjectMapper()
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The row of a line; empty when it is none: torn, or damaged. */
    Optional<ObjectNode> row(String line) {
        try {
            JsonNode node = json.readTree(line);
            boolean whole = node instanceof ObjectNode
                    && node.path("event").isTextual()
                    && node.path("current_steps").isIntegralNumber();
            return whole ? Optional.of((ObjectNode) node) : Optional.empty();
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
    }

    /** The event that a row tells of; empty for an event that this version does not know. */
    Optional<RunEvent> event(ObjectNode row) {
        return Optional.ofNullable(
                switch (row.path("event").asText()) {
                    case "start" -> start(row);
                    case "step" -> step(row);
                    case "eval" -> eval(row);
                    case "save" -> new Saved(
                            currentStep(row),
                            Path.of(row.path("checkpoint").asText()),
                            row.path("bytes").asLong(),
                            time(row));
                    case "warning" -> new Warned(row.path("message").asText());
                    case "end" -> new Finished(
                            currentStep(row), outcome(row), row.path("message").asText(), time(row));
                    default -> null;
                });
    }

    private static Started start(ObjectNode row) {
        Map<String, String> settings = new LinkedHashMap<>();
        row.path("settings").properties().forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
        return new Started(
                Path.of(row.path("directory").asText()),
                row.path("first_step").asLong(),
                row.path("total_steps").asLong(),
                number(row, "epochs"),
                settings);
    }

    private static Stepped step(ObjectNode row) {
        return new Stepped(
                currentStep(row),
                number(row, "epoch"),
                number(row, "loss"),
                number(row, "grad_norm"),
                number(row, "lr"),
                row.path("tokens").asLong(),
                row.path("trained_tokens").asLong(),
                row.path("total_tokens").asLong(),
                time(row),
                groups(row),
                row.path("sample_digest").asText(),
                row.path("skipped").asBoolean());
    }

    private static Evaluated eval(ObjectNode row) {
        return new Evaluated(
                currentStep(row),
                number(row, "epoch"),
                number(row, "eval_loss"),
                row.path("trained_tokens").asLong(),
                row.path("samples").asLong(),
                time(row),
                groups(row),
                row.path("best").asBoolean());
    }

    private static Map<String, GroupLoss> groups(ObjectNode row) {
        Map<String, GroupLoss> groups = new LinkedHashMap<>();
        row.path("groups").properties().forEach(e -> {
            long tokens = e.getValue().path("tokens").asLong();
            double lossSum = number(e.getValue(), "loss") * tokens;
            groups.put(
                    e.getKey(),
                    new GroupLoss(lossSum, tokens, e.getValue().path("bytes").asLong()));
        });
        return groups;
    }

    private static long currentStep(ObjectNode row) {
        return row.path("current_steps").asLong();
    }

    private static Duration time(ObjectNode row) {
        return Figures.ofSeconds(row.path("step_time").asDouble());
    }

    private static Outcome outcome(ObjectNode row) {
        String word = row.path("outcome").asText().toUpperCase(Locale.ROOT);
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().equals(word)) {
                return outcome;
            }
        }
        return Outcome.FAILED;
    }

    private static double number(JsonNode row, String key) {
        JsonNode value = row.path(key);
        if (value.isNumber()) {
            return value.asDouble();
        }
        return switch (value.asText()) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }
}

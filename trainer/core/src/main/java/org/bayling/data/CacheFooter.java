package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON at the end of a token cache: what was read, for the report of a run that reads nothing again. */
final class CacheFooter {
    private CacheFooter() {}

    static byte[] write(TokenCache.Summary summary) throws IOException {
        ObjectNode root = JsonRows.MAPPER.createObjectNode();
        root.put("key", summary.key()).put("samples", summary.samples()).put("tokens", summary.tokens());
        ArrayNode tags = root.putArray("tags");
        for (SampleTags tag : summary.tags()) {
            ObjectNode node = tags.addObject();
            tag.language().ifPresent(language -> node.put("language", language));
            tag.task().ifPresent(task -> node.put("task", task));
            tag.group().ifPresent(group -> node.put("group", group));
        }
        ArrayNode lines = root.putArray("lines");
        for (DataReport.Line line : summary.lines()) {
            lines.addObject()
                    .put("language", line.group().language().orElse(""))
                    .put("rows", line.rows())
                    .put("used", line.used())
                    .put("bad", line.bad())
                    .put("overlong", line.overlong())
                    .put("dropped", line.dropped())
                    .put("tokens", line.tokens())
                    .put("trained_tokens", line.trainedTokens())
                    .put("trained_bytes", line.trainedBytes());
        }
        ArrayNode badRows = root.putArray("bad_rows");
        for (BadRow bad : summary.badRows()) {
            badRows.addObject()
                    .put("file", bad.origin().file().toString())
                    .put("unit", bad.origin().unit().name())
                    .put("number", bad.origin().number())
                    .put("reason", bad.reason().name())
                    .put("detail", bad.detail());
        }
        ObjectNode counts = root.putObject("bad_counts");
        summary.badCounts().forEach((reason, count) -> counts.put(reason.name(), count));
        return JsonRows.MAPPER.writeValueAsBytes(root);
    }

    /** The counterpart of {@link #write}; the bytes were checked before, so that nothing is doubted here. */
    static TokenCache.Summary read(byte[] bytes, String dataset) throws IOException {
        JsonNode root = JsonRows.MAPPER.readTree(bytes);
        List<SampleTags> tags = new ArrayList<>();
        root.get("tags").forEach(
                tag -> tags.add(new SampleTags(text(tag, "language"), text(tag, "task"), text(tag, "group"))));
        List<DataReport.Line> lines = new ArrayList<>();
        for (JsonNode line : root.get("lines")) {
            Optional<String> language = Optional.of(line.get("language").asText()).filter(tag -> !tag.isEmpty());
            lines.add(new DataReport.Line(
                    new Group(dataset, language),
                    line.get("rows").asLong(),
                    line.get("used").asLong(),
                    line.get("bad").asLong(),
                    line.get("overlong").asLong(),
                    line.get("dropped").asLong(),
                    line.get("tokens").asLong(),
                    line.get("trained_tokens").asLong(),
                    line.get("trained_bytes").asLong()));
        }
        List<BadRow> badRows = new ArrayList<>();
        for (JsonNode bad : root.get("bad_rows")) {
            Origin origin = new Origin(
                    Path.of(bad.get("file").asText()),
                    Origin.Unit.valueOf(bad.get("unit").asText()),
                    bad.get("number").asLong());
            badRows.add(new BadRow(
                    origin, BadRow.Reason.valueOf(bad.get("reason").asText()), bad.get("detail").asText()));
        }
        Map<BadRow.Reason, Long> counts = new EnumMap<>(BadRow.Reason.class);
        root.get("bad_counts").properties().forEach(
                count -> counts.put(BadRow.Reason.valueOf(count.getKey()), count.getValue().asLong()));
        return new TokenCache.Summary(
                root.get("key").asText(),
                root.get("samples").asLong(),
                root.get("tokens").asLong(),
                tags,
                lines,
                badRows,
                counts);
    }

    private static Optional<String> text(JsonNode tag, String name) {
        return Optional.ofNullable(tag.get(name)).map(JsonNode::asText);
    }
}

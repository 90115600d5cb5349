package org.bayling.corpus.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.CellTable;
import org.bayling.corpus.mixture.Supply;
import org.bayling.corpus.quality.FilterReport;

/**
 * What the first stage found.
 *
 * @param itemsSha256 of the items that are left, see {@link ItemsDigest}
 * @param sources counts of each
 * @param supply of each cell
 * @param scripts letters of each script by language, ISO 15924 names of Unicode in lower case
 * @param filters what was removed: {@code filter, language, removed, examples: [{source, key, reason, text}]}
 */
record Gathered(
        String itemsSha256,
        List<SourceCount> sources,
        SortedMap<Cell, Supply> supply,
        SortedMap<String, SortedMap<String, Long>> scripts,
        JsonNode filters) {

    /** Items of one source. */
    record SourceCount(String id, String licence, long read, long kept) {}

    static JsonNode filters(List<FilterReport.Row> rows) {
        ArrayNode filters = WorkDirectory.JSON.createArrayNode();
        for (FilterReport.Row row : rows) {
            ObjectNode node = filters.addObject()
                    .put("filter", row.filter())
                    .put("language", row.language())
                    .put("removed", row.removed());
            ArrayNode examples = node.putArray("examples");
            row.examples().forEach(example -> examples.addObject()
                    .put("source", example.source())
                    .put("item", example.key())
                    .put("reason", example.reason())
                    .put("text", example.text()));
        }
        return filters;
    }

    ObjectNode json() {
        ObjectNode json = WorkDirectory.JSON.createObjectNode().put("items_sha256", itemsSha256);
        ArrayNode counts = json.putArray("sources");
        sources.forEach(source -> counts.addObject()
                .put("id", source.id())
                .put("licence", source.licence())
                .put("items_read", source.read())
                .put("items_kept", source.kept()));
        SortedMap<Cell, long[]> cells = new TreeMap<>();
        supply.forEach((cell, has) -> cells.put(cell, new long[] {has.candidates(), has.characters()}));
        json.set("supply", CellTable.json(cells));
        ObjectNode letters = json.putObject("scripts");
        scripts.forEach((language, found) -> {
            ObjectNode node = letters.putObject(language);
            found.forEach(node::put);
        });
        json.set("filters", filters);
        return json;
    }

    static Gathered of(JsonNode json) {
        List<SourceCount> sources = new ArrayList<>();
        json.get("sources").forEach(node -> sources.add(new SourceCount(
                node.get("id").asText(),
                node.get("licence").asText(),
                node.get("items_read").asLong(),
                node.get("items_kept").asLong())));
        SortedMap<Cell, Supply> supply = new TreeMap<>();
        CellTable.read(json.get("supply")).forEach((cell, has) -> supply.put(cell, new Supply(has[0], has[1])));
        SortedMap<String, SortedMap<String, Long>> scripts = new TreeMap<>();
        json.get("scripts").properties().forEach(language -> {
            SortedMap<String, Long> found = new TreeMap<>();
            language.getValue().properties().forEach(e -> found.put(e.getKey(), e.getValue().asLong()));
            scripts.put(language.getKey(), found);
        });
        return new Gathered(json.get("items_sha256").asText(), sources, supply, scripts, json.get("filters"));
    }
}

package org.bayling.corpus.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.CellTable;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.corpus.sample.Turn;

/** Counts of samples that were made; parts added in any order give the same. */
final class Tally {
    private static final int LENGTHS = 24;

    private final Map<Cell, long[]> cells = new HashMap<>();
    private final Map<String, long[]> lengths = new HashMap<>();
    private final Map<String, Map<String, long[]>> templates = new HashMap<>();

    void add(Cell cell, CorpusSample sample) {
        long characters = 0;
        for (Turn turn : sample.messages()) {
            characters += turn.content().length();
        }
        count(cell, 1, characters);
        int power = Math.min(LENGTHS - 1, Long.SIZE - Long.numberOfLeadingZeros(characters));
        lengths.computeIfAbsent(sample.task(), task -> new long[LENGTHS])[power]++;
        if (!sample.template().isEmpty()) {
            template(sample.task(), sample.template(), 1);
        }
    }

    private void count(Cell cell, long samples, long characters) {
        long[] counts = cells.computeIfAbsent(cell, c -> new long[2]);
        counts[0] += samples;
        counts[1] += characters;
    }

    private void template(String task, String template, long samples) {
        templates.computeIfAbsent(task, t -> new HashMap<>()).computeIfAbsent(template, t -> new long[1])[0] += samples;
    }

    void plus(Tally other) {
        other.cells.forEach((cell, counts) -> count(cell, counts[0], counts[1]));
        other.lengths.forEach((task, counts) -> {
            long[] mine = lengths.computeIfAbsent(task, t -> new long[LENGTHS]);
            for (int i = 0; i < LENGTHS; i++) {
                mine[i] += counts[i];
            }
        });
        other.templates.forEach((task, counts) ->
                counts.forEach((template, count) -> template(task, template, count[0])));
    }

    long samples(Cell cell) {
        return cells.getOrDefault(cell, new long[2])[0];
    }

    long characters(Cell cell) {
        return cells.getOrDefault(cell, new long[2])[1];
    }

    /**
     * {@code cells}: samples and characters of each; {@code lengths}: by task, how many samples have less than 2^i characters and not less than half of
     * it; {@code templates}: by task, samples of each.
     */
    ObjectNode json() {
        ObjectNode json = WorkDirectory.JSON.createObjectNode();
        json.set("cells", CellTable.json(new TreeMap<>(cells)));
        ObjectNode byTask = json.putObject("lengths");
        new TreeMap<>(lengths).forEach((task, counts) -> {
            ArrayNode node = byTask.putArray(task);
            for (long count : counts) {
                node.add(count);
            }
        });
        ObjectNode frames = json.putObject("templates");
        new TreeMap<>(templates).forEach((task, counts) -> {
            ObjectNode node = frames.putObject(task);
            new TreeMap<>(counts).forEach((template, count) -> node.put(template, count[0]));
        });
        return json;
    }

    static Tally of(JsonNode json) {
        Tally tally = new Tally();
        CellTable.read(json.get("cells")).forEach((cell, counts) -> tally.count(cell, counts[0], counts[1]));
        json.get("lengths").properties().forEach(e -> {
            long[] counts = tally.lengths.computeIfAbsent(e.getKey(), t -> new long[LENGTHS]);
            for (int i = 0; i < LENGTHS; i++) {
                counts[i] = e.getValue().get(i).asLong();
            }
        });
        json.get("templates").properties().forEach(task -> task.getValue().properties().forEach(
                e -> tally.template(task.getKey(), e.getKey(), e.getValue().asLong())));
        return tally;
    }
}

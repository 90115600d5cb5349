package org.bayling.corpus.mixture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.corpus.sample.Group;

/**
 * Figures of cells as the files of a corpus hold them: {@code {group: {language: {task: {direction: [figure, ..]}}}}}.
 * A corpus of 500 languages has tens of thousands of cells, whose names are written once each this way.
 */
public final class CellTable {
    private CellTable() {}

    /** The table, in the order of the cells. */
    public static ObjectNode json(SortedMap<Cell, long[]> cells) {
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        cells.forEach((cell, figures) -> {
            ArrayNode row = table.withObjectProperty(cell.group().label())
                    .withObjectProperty(cell.language())
                    .withObjectProperty(cell.task())
                    .putArray(cell.direction());
            for (long figure : figures) {
                row.add(figure);
            }
        });
        return table;
    }

    /**
     * The counterpart of {@link #json}.
     *
     * @throws IllegalArgumentException when there is no group of a name
     */
    public static SortedMap<Cell, long[]> read(JsonNode table) {
        SortedMap<Cell, long[]> cells = new TreeMap<>();
        for (Map.Entry<String, JsonNode> group : table.properties()) {
            for (Map.Entry<String, JsonNode> language : group.getValue().properties()) {
                for (Map.Entry<String, JsonNode> task : language.getValue().properties()) {
                    for (Map.Entry<String, JsonNode> direction : task.getValue().properties()) {
                        Cell cell = new Cell(
                                Group.of(group.getKey()), language.getKey(), task.getKey(), direction.getKey());
                        cells.put(cell, figures(direction.getValue()));
                    }
                }
            }
        }
        return cells;
    }

    private static long[] figures(JsonNode row) {
        long[] figures = new long[row.size()];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = row.get(i).asLong();
        }
        return figures;
    }
}

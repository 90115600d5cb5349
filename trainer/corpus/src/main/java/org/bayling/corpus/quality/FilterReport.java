package org.bayling.corpus.quality;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.corpus.source.SourceItem;

/**
 * What the filters removed: counts by filter and language, with a few examples. Reports of parts, merged in any order,
 * equal the report of the whole: examples are the items whose source and key come first in the order of a fixed hash,
 * a sample that depends neither on threads nor on the order of reading. Not for several threads at once.
 */
public final class FilterReport implements Serializable {
    private static final int EXCERPT = 160;

    private final int examplesEach;
    private final SortedMap<String, SortedMap<String, Cell>> cells = new TreeMap<>();
    private final SortedMap<String, Long> judged = new TreeMap<>();

    /** @param examplesEach most examples that are kept of each filter and language */
    public FilterReport(int examplesEach) {
        this.examplesEach = examplesEach;
    }

    /** One line of the report. */
    public record Row(String filter, String language, long removed, List<Example> examples) {}

    /**
     * One thing that was removed.
     *
     * @param text its beginning, at most 160 characters
     */
    public record Example(String source, String key, String reason, String text) implements Serializable {}

    /** Counts an item that was judged, whatever became of it. */
    public void judged(SourceItem item) {
        judged.merge(Side.language(item), 1L, Long::sum);
    }

    /** Counts an item, or one side of it, that was removed. */
    public void removed(SourceItem item, Verdict.Drop drop) {
        String language = drop.side().isEmpty() ? Side.language(item) : drop.side();
        cells.computeIfAbsent(drop.filter(), filter -> new TreeMap<>())
                .computeIfAbsent(language, tag -> new Cell())
                .add(item, drop);
    }

    /** Adds what another report counted. */
    public void merge(FilterReport other) {
        other.judged.forEach((language, count) -> judged.merge(language, count, Long::sum));
        other.cells.forEach((filter, languages) ->
                languages.forEach((language, cell) -> cells.computeIfAbsent(filter, name -> new TreeMap<>())
                        .computeIfAbsent(language, tag -> new Cell())
                        .merge(cell)));
    }

    /** Items judged, by language. */
    public SortedMap<String, Long> judged() {
        return new TreeMap<>(judged);
    }

    /** All counts, in the order of filters and languages. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        cells.forEach((filter, languages) -> languages.forEach((language, cell) ->
                rows.add(new Row(filter, language, cell.removed, List.copyOf(cell.examples.values())))));
        return rows;
    }

    /** What one filter removed in one language. */
    public long removed(String filter, String language) {
        Map<String, Cell> languages = cells.getOrDefault(filter, new TreeMap<>());
        return languages.containsKey(language) ? languages.get(language).removed : 0;
    }

    /** What one filter removed in all languages. */
    public long removed(String filter) {
        return cells.getOrDefault(filter, new TreeMap<>()).values().stream()
                .mapToLong(cell -> cell.removed)
                .sum();
    }

    /** The counts as lines of text, with the examples below each. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Row row : rows()) {
            text.append(String.format(Locale.ROOT, "%-18s %-10s %,9d%n", row.filter(), row.language(), row.removed()));
            for (Example example : row.examples()) {
                text.append(String.format(
                        Locale.ROOT,
                        "    %s %s: %s: %s%n",
                        example.source(),
                        example.key(),
                        example.reason(),
                        example.text()));
            }
        }
        return text.toString();
    }

    private static Example example(SourceItem item, Verdict.Drop drop) {
        String text = String.join(" | ", Side.parts(item));
        if (!drop.side().isEmpty() && item instanceof SourceItem.Parallel parallel) {
            text = parallel.texts().getOrDefault(drop.side(), text);
        }
        return new Example(item.source(), item.key(), drop.reason(), excerpt(text));
    }

    /** The beginning on one line, with what cannot be printed written as its code. */
    private static String excerpt(String text) {
        StringBuilder excerpt = new StringBuilder();
        text.codePoints().limit(EXCERPT).forEach(c -> {
            if (c == '\n' || c == '\t' || c == '\r') {
                excerpt.append(' ');
            } else if (Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF)) {
                excerpt.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                excerpt.appendCodePoint(c);
            }
        });
        return excerpt.toString();
    }

    private final class Cell implements Serializable {
        private final SortedMap<String, Example> examples = new TreeMap<>();
        private long removed;

        void add(SourceItem item, Verdict.Drop drop) {
            removed++;
            String order = order(item.source(), item.key());
            boolean room =
                    examples.size() < examplesEach || (examplesEach > 0 && order.compareTo(examples.lastKey()) < 0);
            if (room) {
                keep(order, example(item, drop));
            }
        }

        void merge(Cell other) {
            removed += other.removed;
            other.examples.forEach(this::keep);
        }

        private void keep(String order, Example example) {
            examples.putIfAbsent(order, example);
            while (examples.size() > examplesEach) {
                examples.remove(examples.lastKey());
            }
        }
    }

    private static String order(String source, String key) {
        return Hashing.hex(Hashing.text(source + "\n" + key)) + source + "\n" + key;
    }
}

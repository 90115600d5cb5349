package org.bayling.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the bad rows of a run, keeps the first few, and ends the run when there are more than {@code max_bad_rows}.
 * Used by one thread.
 */
final class BadRows {
    /** How many are kept with their text; the others are only counted. */
    static final int KEPT = 20;

    private static final int SHOWN = 5;

    private final long limit;
    private final List<BadRow> first = new ArrayList<>();
    private final Map<BadRow.Reason, Long> counts = new EnumMap<>(BadRow.Reason.class);
    private long total;

    /** @param limit how many are let pass */
    BadRows(long limit) {
        this.limit = limit;
    }

    /** Counts one; more than {@code max_bad_rows} are an error that shows the first of them. */
    void add(BadRow row) throws DataException {
        if (first.size() < KEPT) {
            first.add(row);
        }
        counts.merge(row.reason(), 1L, Long::sum);
        total++;
        check();
    }

    /** Counts what an earlier reading of the same files found. */
    void addAll(List<BadRow> rows, Map<BadRow.Reason, Long> countsByReason) throws DataException {
        rows.stream().limit(KEPT - first.size()).forEach(first::add);
        for (Map.Entry<BadRow.Reason, Long> count : countsByReason.entrySet()) {
            counts.merge(count.getKey(), count.getValue(), Long::sum);
            total += count.getValue();
        }
        check();
    }

    List<BadRow> first() {
        return List.copyOf(first);
    }

    Map<BadRow.Reason, Long> counts() {
        return new EnumMap<>(counts);
    }

    long total() {
        return total;
    }

    /** The first few as lines of a message. */
    String shown() {
        StringBuilder text = new StringBuilder();
        for (BadRow row : first.subList(0, Math.min(SHOWN, first.size()))) {
            text.append("\n  ").append(row);
        }
        if (total > SHOWN) {
            text.append("\n  and ").append(total - SHOWN).append(" more");
        }
        return text.toString();
    }

    private void check() throws DataException {
        if (total > limit) {
            throw new DataException("bad rows: " + total + ", more than max_bad_rows: " + limit + " allows:" + shown()
                    + "\nCorrect these rows, or raise max_bad_rows to leave bad rows out.");
        }
    }
}

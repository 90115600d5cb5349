package org.bayling.corpus.quality;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.bayling.corpus.source.SourceItem;

/**
 * Filters one after another, with a report. An item in three or more languages loses only the sides at fault, as long
 * as two are left; any other item goes as a whole.
 */
public final class QualityGate {
    private final List<QualityFilter> filters;
    private final FilterReport report;
    private final BiConsumer<SourceItem, Verdict.Drop> removals;

    /** @param removals hears of every removal, for a list of removed rows */
    public QualityGate(
            List<QualityFilter> filters, FilterReport report, BiConsumer<SourceItem, Verdict.Drop> removals) {
        this.filters = List.copyOf(filters);
        this.report = report;
        this.removals = removals;
    }

    public QualityGate(List<QualityFilter> filters, FilterReport report) {
        this(filters, report, (item, drop) -> {});
    }

    /** The item, perhaps with fewer sides; empty where it goes. */
    public Optional<SourceItem> admit(SourceItem item) {
        report.judged(item);
        SourceItem current = item;
        for (QualityFilter filter : filters) {
            Verdict verdict = filter.judge(current);
            while (verdict instanceof Verdict.Drop drop) {
                report.removed(current, drop);
                removals.accept(current, drop);
                Optional<SourceItem> rest = without(current, drop.side());
                if (rest.isEmpty()) {
                    return Optional.empty();
                }
                current = rest.get();
                verdict = filter.judge(current);
            }
        }
        return Optional.of(current);
    }

    private static Optional<SourceItem> without(SourceItem item, String side) {
        if (!(item instanceof SourceItem.Parallel parallel)
                || parallel.texts().size() < 3
                || !parallel.texts().containsKey(side)) {
            return Optional.empty();
        }
        SortedMap<String, String> texts = new TreeMap<>(parallel.texts());
        texts.remove(side);
        return Optional.of(new SourceItem.Parallel(parallel.source(), parallel.key(), parallel.kind(), texts));
    }
}

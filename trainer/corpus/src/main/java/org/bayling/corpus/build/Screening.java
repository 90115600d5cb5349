package org.bayling.corpus.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.corpus.quality.FilterReport;
import org.bayling.corpus.quality.QualityFilter;
import org.bayling.corpus.quality.Verdict;
import org.bayling.corpus.source.SourceItem;

/**
 * What several filters, asked one after another, leave of an item. A side at fault is taken away and the rest asked
 * again; an item of which fewer than two sides are left goes.
 */
final class Screening {
    private final List<QualityFilter> filters;

    Screening(List<QualityFilter> filters) {
        this.filters = List.copyOf(filters);
    }

    /**
     * The outcome for one item.
     *
     * @param item what was asked about
     * @param left what is left of it; empty when it goes
     * @param drops what was removed, in order
     */
    record Outcome(SourceItem item, Optional<SourceItem> left, List<Verdict.Drop> drops) {
        void count(FilterReport report) {
            drops.forEach(drop -> report.removed(item, drop));
        }
    }

    Outcome screen(SourceItem item) {
        List<Verdict.Drop> drops = new ArrayList<>();
        SourceItem left = item;
        for (QualityFilter filter : filters) {
            while (filter.judge(left) instanceof Verdict.Drop drop) {
                drops.add(drop);
                Optional<SourceItem> rest = without(left, drop.side());
                if (rest.isEmpty()) {
                    return new Outcome(item, Optional.empty(), drops);
                }
                left = rest.get();
            }
        }
        return new Outcome(item, Optional.of(left), drops);
    }

    private static Optional<SourceItem> without(SourceItem item, String side) {
        if (!(item instanceof SourceItem.Parallel parallel) || !parallel.texts().containsKey(side)) {
            return Optional.empty();
        }
        SortedMap<String, String> texts = new TreeMap<>(parallel.texts());
        texts.remove(side);
        return texts.size() < 2
                ? Optional.empty()
                : Optional.of(new SourceItem.Parallel(parallel.source(), parallel.key(), parallel.kind(), texts));
    }
}

package org.bayling.corpus.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.quality.Decontamination;
import org.bayling.corpus.quality.EarlierItemsFilter;
import org.bayling.corpus.quality.FilterReport;
import org.bayling.corpus.quality.QualityFilter;
import org.bayling.corpus.quality.QualityFilters;
import org.bayling.corpus.quality.QualityGate;
import org.bayling.corpus.quality.QualityRecipe;
import org.bayling.corpus.quality.Verdict;
import org.bayling.corpus.source.SourceItem;

/**
 * What items must pass: first the filters that look at each alone, wherever that is done, then those that compare it with
 * earlier ones, in source order.
 */
final class Filters {
    private final List<QualityFilter> each;
    private final List<EarlierItemsFilter> earlier;
    private final int examples;

    private Filters(List<QualityFilter> each, List<EarlierItemsFilter> earlier, int examples) {
        this.each = List.copyOf(each);
        this.earlier = List.copyOf(earlier);
        this.examples = examples;
    }

    /** @throws IOException when an evaluation set cannot be read */
    static Filters of(CorpusRecipe recipe, LanguageRegistry registry) throws IOException {
        if (recipe.quality().isEmpty()) {
            return new Filters(List.of(), List.of(), 0);
        }
        QualityRecipe quality = recipe.quality().get();
        List<QualityFilter> each = new ArrayList<>(QualityFilters.of(quality, registry));
        if (!recipe.decontaminate().isEmpty()) {
            each.add(Decontamination.of(recipe.decontaminate(), quality));
        }
        return new Filters(each, QualityFilters.duplicates(quality), quality.examples());
    }

    /** An item that is left, and what stands for it when it is compared: one sketch for each filter that compares. */
    record Left(SourceItem item, List<long[]> sketches) {}

    /**
     * What is left of some items, and what was removed from them.
     *
     * @param contaminated a line of JSON for each item, or side of it, that evaluation sets hold
     */
    record Judged(int read, List<Left> left, FilterReport losses, List<String> contaminated) {}

    /** An empty report. */
    FilterReport report() {
        return new FilterReport(examples);
    }

    /** Judges items, each alone. May be asked from several threads. */
    Judged judge(List<SourceItem> items) {
        FilterReport losses = report();
        List<String> contaminated = new ArrayList<>();
        QualityGate gate = new QualityGate(each, losses, (item, drop) -> {
            if (drop.filter().equals(Decontamination.NAME)) {
                contaminated.add(row(item, drop));
            }
        });
        List<Left> left = new ArrayList<>(items.size());
        for (SourceItem item : items) {
            gate.admit(item).ifPresent(admitted -> left.add(new Left(admitted, sketches(admitted))));
        }
        return new Judged(items.size(), left, losses, contaminated);
    }

    /** How many sketches an item has. */
    int sketches() {
        return earlier.size();
    }

    private List<long[]> sketches(SourceItem item) {
        List<long[]> sketches = new ArrayList<>(earlier.size());
        earlier.forEach(filter -> sketches.add(filter.sketch(item)));
        return sketches;
    }

    /** Why the next item in source order goes; empty when it stays. By one thread at a time. */
    Optional<Verdict.Drop> offer(List<long[]> sketches) {
        for (int i = 0; i < earlier.size(); i++) {
            if (earlier.get(i).offer(sketches.get(i)) instanceof Verdict.Drop drop) {
                return Optional.of(drop);
            }
        }
        return Optional.empty();
    }

    private static String row(SourceItem item, Verdict.Drop drop) {
        return WorkDirectory.JSON
                        .createObjectNode()
                        .put("source", item.source())
                        .put("item", item.key())
                        .put("language", drop.side())
                        .put("reason", drop.reason())
                + "\n";
    }
}

package org.bayling.corpus.task;

import java.util.List;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.corpus.source.SourceItem;

/** Makes samples of items. */
public final class CrossLingualTasks {
    private final LanguageRegistry registry;

    private CrossLingualTasks(LanguageRegistry registry) {
        this.registry = registry;
    }

    public static CrossLingualTasks of(LanguageRegistry registry) {
        return new CrossLingualTasks(registry);
    }

    /** Everything that {@link #make} can make of one item. */
    public List<Assignment> possible(SourceItem item) {
        return List.of();
    }

    /** The sample; a pure function of its arguments. */
    public CorpusSample make(SourceItem item, Assignment assignment, long seed) {
        throw new UnsupportedOperationException();
    }

    /** What {@link #makeList} can make of items that all have these languages. */
    public List<Assignment> possibleOfSeveral(List<SourceItem.Parallel> items) {
        return List.of();
    }

    /** A sample of several items: {@link Tasks#LIST}, {@link Tasks#DOCUMENT} or {@link Tasks#CONTINUED}. */
    public CorpusSample makeList(List<SourceItem.Parallel> items, Assignment assignment, long seed) {
        throw new UnsupportedOperationException();
    }
}

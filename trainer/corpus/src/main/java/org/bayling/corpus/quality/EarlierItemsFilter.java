package org.bayling.corpus.quality;

import org.bayling.corpus.source.SourceItem;

/**
 * A filter that compares with earlier items, by a few numbers that stand for each. The numbers are a pure function of
 * the item and can be computed anywhere; {@link #offer} is asked in source order, by one thread at a time.
 */
public interface EarlierItemsFilter extends QualityFilter {
    /** What is compared of an item; empty for what is not compared at all. */
    long[] sketch(SourceItem item);

    /** The verdict on the next item in source order. */
    Verdict offer(long[] sketch);

    @Override
    default Verdict judge(SourceItem item) {
        return offer(sketch(item));
    }
}

package org.bayling.corpus.quality;

import org.bayling.corpus.source.SourceItem;

/**
 * One reason to leave items out. Filters are immutable and may be asked from several threads, except those that compare
 * items with earlier ones ({@link ExactDuplicates}, {@link NearDuplicates}): these are asked in source order.
 */
public interface QualityFilter {
    /** Stable name in reports and recipes, in kebab case. */
    String name();

    /** Judges one item. */
    Verdict judge(SourceItem item);
}

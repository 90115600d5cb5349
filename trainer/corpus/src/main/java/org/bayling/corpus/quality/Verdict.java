package org.bayling.corpus.quality;

import java.util.Objects;

/** What a filter says about an item: kept, or dropped by whom and why. */
public sealed interface Verdict {
    /** The one verdict of an item that has nothing against it. */
    Verdict KEEP = new Keep();

    /** The item stays. */
    record Keep() implements Verdict {}

    /**
     * The item, or one side of it, goes.
     *
     * @param filter name of the filter
     * @param reason what was found, in words for the report
     * @param side BCP 47 tag of the side at fault, where an item of more sides can go on without it; else empty
     */
    record Drop(String filter, String reason, String side) implements Verdict {
        public Drop {
            Objects.requireNonNull(filter, "filter");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(side, "side");
        }

        /** The item as a whole goes. */
        public Drop(String filter, String reason) {
            this(filter, reason, "");
        }
    }
}

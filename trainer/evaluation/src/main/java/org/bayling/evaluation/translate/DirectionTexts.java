package org.bayling.evaluation.translate;

import java.util.List;

/** The texts of a direction. */
record DirectionTexts(Direction direction, NamedLanguage source, NamedLanguage target, List<Segment> segments) {

    List<List<String>> references() {
        return segments.stream().map(Segment::references).toList();
    }

    /** How many each segment has; 0 when they differ. */
    int referenceCount() {
        int first = segments.get(0).references().size();
        return segments.stream().allMatch(segment -> segment.references().size() == first) ? first : 0;
    }
}

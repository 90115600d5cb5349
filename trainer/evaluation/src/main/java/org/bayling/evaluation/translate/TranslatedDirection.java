package org.bayling.evaluation.translate;

import java.util.List;

/**
 * A direction and its translations.
 *
 * @param segments what was translated
 * @param outputs a model's texts, one for each segment, as they were written
 * @param hypotheses the same, cleaned
 */
record TranslatedDirection(
        Direction direction,
        NamedLanguage source,
        NamedLanguage target,
        List<Segment> segments,
        List<String> outputs,
        List<String> hypotheses) {

    static TranslatedDirection of(TranslationTask.Texts texts, List<String> outputs, OutputCleaning cleaning) {
        return new TranslatedDirection(
                texts.direction(),
                texts.source(),
                texts.target(),
                texts.segments(),
                List.copyOf(outputs),
                outputs.stream().map(cleaning::clean).toList());
    }

    List<List<String>> references() {
        return segments.stream().map(Segment::references).toList();
    }

    /** How many each segment has; 0 when they differ. */
    int referenceCount() {
        int first = segments.get(0).references().size();
        return segments.stream().allMatch(segment -> segment.references().size() == first) ? first : 0;
    }
}

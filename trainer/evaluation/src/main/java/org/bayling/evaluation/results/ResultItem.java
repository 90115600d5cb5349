package org.bayling.evaluation.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One item of an evaluation, with what pairs two systems in a test of significance. */
public sealed interface ResultItem {

    /** Its task: {@code flores-200}, {@code xcopa}. */
    String task();

    /** Language that is translated from; none in other tasks. */
    Optional<String> source();

    /** Language that is written, read or asked in. */
    String language();

    /** What it is called in every system's results: {@code 17}, {@code val.zh.jsonl:3}. */
    String item();

    /**
     * A translated segment.
     *
     * @param from language that it is translated from
     * @param sourceText what was translated
     * @param hypothesis the translation, as it was scored
     * @param references one or more
     */
    record Translation(
            String task,
            String from,
            String language,
            String item,
            String sourceText,
            String hypothesis,
            List<String> references)
            implements ResultItem {

        public Translation {
            references = List.copyOf(references);
            if (references.isEmpty()) {
                throw new IllegalArgumentException("item " + item + " has no reference");
            }
        }

        @Override
        public Optional<String> source() {
            return Optional.of(from);
        }
    }

    /**
     * A question, or a document of a perplexity.
     *
     * @param gold index of the right option; none without options
     * @param values by metric, 0 or 1 for accuracies; or what metrics are computed from: {@code ll}, {@code bytes}
     */
    record Valued(String task, String language, String item, OptionalInt gold, Map<String, Double> values)
            implements ResultItem {

        public Valued {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public Optional<String> source() {
            return Optional.empty();
        }
    }
}

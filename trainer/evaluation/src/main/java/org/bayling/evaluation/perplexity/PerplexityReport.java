package org.bayling.evaluation.perplexity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Perplexities of all languages.
 *
 * @param all texts together
 * @param languages in the order of the documents
 */
public record PerplexityReport(Perplexity all, Map<String, Perplexity> languages) {

    /** Sums up documents. */
    public static PerplexityReport of(List<ScoredDocument> documents) {
        Map<String, List<Perplexity>> parts = new LinkedHashMap<>();
        for (ScoredDocument scored : documents) {
            parts.computeIfAbsent(scored.document().language(), key -> new ArrayList<>())
                    .add(scored.perplexity());
        }
        Map<String, Perplexity> languages = new LinkedHashMap<>();
        parts.forEach((language, each) -> languages.put(language, Perplexity.sum(each)));
        return new PerplexityReport(Perplexity.sum(List.copyOf(languages.values())), languages);
    }

    /** One row of a table; that of all texts names no language. */
    public record Row(Optional<String> language, Perplexity perplexity) {}

    /** All texts first, where they are of several languages. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        if (languages.size() > 1) {
            rows.add(new Row(Optional.empty(), all));
        }
        languages.forEach((language, perplexity) -> rows.add(new Row(Optional.of(language), perplexity)));
        return rows;
    }
}

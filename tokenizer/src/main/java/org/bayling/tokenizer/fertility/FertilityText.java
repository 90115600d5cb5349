package org.bayling.tokenizer.fertility;

import java.util.Objects;

/**
 * One text to count.
 *
 * @param language BCP 47
 * @param document what has a row of its own within the language; empty for all that has none
 * @param unit what is the same content in every language; empty where nothing corresponds
 */
public record FertilityText(String language, String document, String unit, String content) {
    public FertilityText {
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(content, "content");
    }
}
